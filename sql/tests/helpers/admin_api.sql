create function test.lookup_request(
    resource_id text default 'tx-1',
    actor_id text default 'alice',
    actor_roles text default 'ADMIN_READ,ADMIN_AUDIT',
    ip text default '192.0.2.7',
    user_agent text default 'curl/8.0',
    request_method text default 'GET',
    request_path text default '/admin/tx/tx-1',
    request_query text default null,
    correlation_id text default 'corr-1',
    from_time timestamptz default null,
    to_time timestamptz default null,
    max_entries integer default null,
    cursor text default null,
    filters jsonb default null,
    media_type text default null,
    access_reason text default null
)
returns bo_api.lookup_request
language sql
immutable
return row(
  resource_id, from_time, to_time, max_entries, actor_id, actor_roles, ip, user_agent, request_method, request_path,
  request_query, correlation_id, 1500, cursor, filters, media_type, access_reason
)::bo_api.lookup_request;

-- Calls a lookup function of bo_api, with the plans that the API's sessions have: an answer for each request, in their order.
create function test.call(lookup text, variadic requests bo_api.lookup_request [])
returns table (status_code integer, result_count integer, body jsonb, next_cursor text)
language plpgsql
set role = 'bo_admin_api'
set plan_cache_mode = 'force_generic_plan'
as $$
begin
  return query execute format(
    'select answer.status_code, answer.result_count, answer.body::jsonb, answer.next_cursor from unnest(bo_api.%I($1)) as answer', lookup
  ) using requests;
end;
$$;

create function test.lookup_tx(tx_id text, out status_code integer, out body jsonb)
language sql
as $$
  select answer.status_code, answer.body
  from test.call('lookup_tx', test.lookup_request(tx_id, request_path => '/admin/tx/' || tx_id)) as answer;
$$;

create function test.lookup_payment_order(order_id text, out status_code integer, out body jsonb)
language sql
as $$
  select answer.status_code, answer.body
  from test.call('lookup_payment_order', test.lookup_request(order_id, request_path => '/admin/payment-orders/' || order_id)) as answer;
$$;

create function test.lookup_wallet_tx(
    wallet_id text,
    from_time timestamptz default null,
    to_time timestamptz default null,
    max_entries integer default 20,
    out status_code integer,
    out body jsonb
)
language sql
as $$
  select answer.status_code, answer.body
  from test.call(
    'lookup_wallet_tx',
    test.lookup_request(
      wallet_id, request_path => '/admin/wallets/' || wallet_id || '/tx', request_query => 'limit=' || max_entries,
      from_time => from_time, to_time => to_time, max_entries => max_entries
    )
  ) as answer;
$$;

-- The tx_ids of a wallet's answer, in its order.
create function test.wallet_tx_ids(
    wallet_id text,
    from_time timestamptz default null,
    to_time timestamptz default null,
    max_entries integer default 20
)
returns text
language sql
as $$
  select string_agg(entry.item ->> 'tx_id', ' ' order by entry.place)
  from test.lookup_wallet_tx(wallet_id, from_time, to_time, max_entries) as answer
  cross join jsonb_array_elements(answer.body -> 'entries') with ordinality as entry (item, place);
$$;

-- The orders of a list of pairs, in its order.
create function test.listed_pairs(filters jsonb default null, max_entries integer default 20)
returns text
language sql
as $$
  select string_agg(pair.item ->> 'payment_order_id', ' ' order by pair.place)
  from test.call('list_pairs', test.lookup_request('', filters => filters, max_entries => max_entries)) as answer
  cross join jsonb_array_elements(answer.body -> 'pairs') with ordinality as pair (item, place);
$$;

create function test.search(id text)
returns jsonb
language sql
return (test.call('search', test.lookup_request('', filters => jsonb_build_object('q', id)))).body;

create function test.create_audit_partitions(months_ahead integer default 3)
returns integer
language plpgsql
set role = 'bo_admin_api'
as $$
begin
  return bo.create_audit_partitions(months_ahead);
end;
$$;

create function test.list_audit_logs(
    filters jsonb default null,
    from_time timestamptz default null,
    to_time timestamptz default null,
    max_entries integer default 20,
    cursor text default null,
    out status_code integer,
    out result_count integer,
    out body jsonb,
    out next_cursor text
)
language sql
return test.call(
  'list_audit_logs',
  test.lookup_request(
    null, request_path => '/admin/audit-logs', from_time => from_time, to_time => to_time, max_entries => max_entries,
    cursor => cursor, filters => filters
  )
);

-- The rows listed, as 'tx-2 tx-1'.
create function test.listed(
    filters jsonb default null,
    from_time timestamptz default null,
    to_time timestamptz default null,
    max_entries integer default 20,
    cursor text default null
)
returns text
language sql
as $$
  select coalesce(string_agg(entry.item ->> 'resource_id', ' ' order by entry.place), '')
  from test.list_audit_logs(filters, from_time, to_time, max_entries, cursor) as answer
  cross join jsonb_array_elements(answer.body -> 'entries') with ordinality as entry (item, place);
$$;

create function test.record_denial(action text, resource_type text, variadic requests bo_api.lookup_request [])
returns void
language plpgsql
set role = 'bo_admin_api'
as $$
begin
  perform bo_api.record_denial(requests, action, resource_type);
end;
$$;

-- How many rows the next block has.
create function test.seal(max_rows integer default 10000)
returns integer
language plpgsql
set role = 'bo_admin_api'
as $$
begin
  return (select sealed.sealed_rows from bo.seal_audit_log(max_rows) as sealed);
end;
$$;
