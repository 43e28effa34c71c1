-- Schema test: builders, actors and questions that let a test read as a story. For test databases only; ./run installs it.
-- Builders have defaults that make a sound event; a test names only what it is about.
-- Actors work as the login role that does this in production, so that every test holds the privileges as well.
drop schema if exists test cascade;
create schema test;

-- Time

-- Until the end of the transaction.
create function test.freeze_clock(now timestamptz)
returns void
language plpgsql
as $$
begin
  execute format(
    'create or replace function bo.clock() returns timestamptz language sql volatile security invoker set search_path = '''' '
    'as $f$ select %L::pg_catalog.timestamptz $f$', now
  );
end;
$$;

-- Builders

create function test.ledger_event(
    tx_id text default 'tx-1',
    wallet_id text default 'wallet-1',
    entry_type text default 'PAYMENT',
    amount numeric default 10000.00,
    amount_signed numeric default null,
    related_id text default 'po-1',
    related_type text default 'PAYMENT_ORDER',
    event_time timestamptz default '2026-02-05T01:00:00Z',
    created_at timestamptz default '2026-02-05T01:00:00Z',
    updated_at timestamptz default '2026-02-05T01:00:01Z',
    version bigint default 1,
    record_timestamp timestamptz default '2026-02-05T01:00:02Z'
)
returns bo.ledger_event
language sql
immutable
return row(
  tx_id, wallet_id, entry_type, amount, amount_signed, related_id, related_type, event_time, created_at, updated_at, version,
  record_timestamp
)::bo.ledger_event;

create function test.order_event(
    order_id text default 'po-1',
    user_id text default 'user-1',
    merchant_name text default 'MERCHANT-1',
    amount numeric default 10000.00,
    status text default 'SETTLED',
    created_at timestamptz default '2026-02-05T01:00:00Z',
    updated_at timestamptz default '2026-02-05T01:00:01Z',
    version bigint default 1,
    record_timestamp timestamptz default '2026-02-05T01:00:02Z'
)
returns bo.payment_order_event
language sql
immutable
return row(
  order_id, user_id, merchant_name, amount, status, created_at, updated_at, version, record_timestamp
)::bo.payment_order_event;

create function test.dead_letter(
    "offset" bigint default 7,
    payload bytea default '{"tx_id":',
    record_timestamp timestamptz default '2026-02-05T01:00:02Z',
    error text default 'parse_error',
    key bytea default 'tx-1',
    header_names bytea [] default '{}',
    header_values bytea [] default '{}',
    correlation_id text default 'corr-1'
)
returns bo.dead_letter
language sql
immutable
return row(
  'ledger.entry.upserted', 0, "offset", key, payload, header_names, header_values, record_timestamp, error, 'unexpected end',
  'canonical-v1', correlation_id
)::bo.dead_letter;

create function test.progress(
    next_offset bigint default 10,
    caught_up_age_us bigint default null,
    partition integer default 0,
    topic text default 'ledger.entry.upserted',
    kind text default 'ledger_entry'
)
returns bo.partition_progress
language sql
immutable
return row(topic, partition, next_offset, caught_up_age_us, kind)::bo.partition_progress;

-- An audit row as a transaction left it that has ended: that of the test itself has not, so no row of it can be sealed.
create function test.audit_row(
    audit_id bigint,
    xid xid8 default '10',
    requested_at timestamptz default '2031-10-15T12:00:00Z',
    resource_id text default 'tx-1',
    actor_id text default 'alice'
)
returns void
language sql
volatile
as $$
  insert into bo.admin_audit_logs (
    audit_id, xid, requested_at, resource_id, actor_id, actor_roles, action, resource_type, result, status_code, ip, user_agent,
    request_method, request_path, request_query, duration_ms, result_count, correlation_id, access_reason
  ) overriding system value
  values (
    audit_id, xid, requested_at, resource_id, actor_id, '{ADMIN_READ,ADMIN_AUDIT}', 'ADMIN_TX_LOOKUP', 'TX', 'FOUND', 200, '192.0.2.7',
    'curl/8.0', 'GET', '/admin/tx/tx-1', 'a=b', 1.5, 1, 'corr-1', 'ticket 4711'
  );
$$;

-- Actors: the consumer

create function test.apply(
    ledger bo.ledger_event [] default null,
    orders bo.payment_order_event [] default null,
    letters bo.dead_letter [] default null,
    progress bo.partition_progress [] default null,
    group_id text default 'group-1'
)
returns bo.batch_result
language plpgsql
set role = 'bo_consumer'
as $$
begin
  return bo.apply_batch(group_id, letters, ledger, orders, progress);
end;
$$;

-- 'drifted of checked' orders.
create function test.watch_pairs(max_orders integer)
returns text
language plpgsql
set role = 'bo_consumer'
as $$
begin
  return (select found.drifted || ' of ' || found.checked from bo.watch_pairs(max_orders) as found);
end;
$$;

create function test.begin_backfill(
    file text default 'file-1',
    kind text default 'ledger',
    since timestamptz default null,
    until timestamptz default null,
    restart boolean default false,
    file_name text default '/data/file-1.jsonl',
    out backfill_id bigint,
    out lines_applied bigint
)
language plpgsql
set role = 'bo_consumer'
as $$
begin
  select started.backfill_id, started.lines_applied into backfill_id, lines_applied
  from bo.begin_backfill(kind, sha256(file::bytea), since, until, file_name, 1000, restart) as started;
end;
$$;

create function test.apply_backfill(
    backfill_id bigint,
    lines_applied bigint default null,
    finished boolean default false,
    ledger bo.ledger_event [] default null,
    orders bo.payment_order_event [] default null,
    letters bo.dead_letter [] default null
)
returns bo.batch_result
language plpgsql
set role = 'bo_consumer'
as $$
begin
  return bo.apply_backfill_batch(backfill_id, lines_applied, finished, letters, ledger, orders);
end;
$$;

-- The outcomes of one batch, those that did not occur left out: '1 inserted, 2 stale'.
create function test.apply_ledger(variadic events bo.ledger_event [])
returns text
language sql
as $$
  select concat_ws(
    ', ', nullif(ledger_inserted, 0) || ' inserted', nullif(ledger_updated, 0) || ' updated',
    nullif(ledger_duplicate, 0) || ' duplicate', nullif(ledger_stale, 0) || ' stale'
  )
  from test.apply(ledger => events);
$$;

create function test.apply_orders(variadic events bo.payment_order_event [])
returns text
language sql
as $$
  select concat_ws(
    ', ', nullif(orders_inserted, 0) || ' inserted', nullif(orders_updated, 0) || ' updated',
    nullif(orders_duplicate, 0) || ' duplicate', nullif(orders_stale, 0) || ' stale'
  )
  from test.apply(orders => events);
$$;

create function test.upsert(event bo.ledger_event)
returns text
language plpgsql
set role = 'bo_consumer'
as $$
begin
  return bo.upsert_ledger_entry(
    event.tx_id, event.wallet_id, event.entry_type, event.amount, event.amount_signed, event.related_id, event.related_type,
    event.event_time, event.created_at, event.updated_at, event.source_version, event.record_timestamp
  );
end;
$$;

create function test.upsert(event bo.payment_order_event)
returns text
language plpgsql
set role = 'bo_consumer'
as $$
begin
  return bo.upsert_payment_order(
    event.order_id, event.user_id, event.merchant_name, event.amount, event.status, event.created_at, event.updated_at,
    event.source_version, event.record_timestamp
  );
end;
$$;

-- Actors: the API

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

create function test.call_lookup_tx(variadic requests bo_api.lookup_request [])
returns table (status_code integer, body jsonb)
language plpgsql
set role = 'bo_admin_api'
as $$
begin
  return query select answer.status_code, answer.body::jsonb from unnest(bo_api.lookup_tx(requests)) as answer;
end;
$$;

create function test.lookup_tx(tx_id text, out status_code integer, out body jsonb)
language sql
return test.call_lookup_tx(test.lookup_request(tx_id, request_path => '/admin/tx/' || tx_id));

create function test.call_lookup_payment_order(variadic requests bo_api.lookup_request [])
returns table (status_code integer, body jsonb)
language plpgsql
set role = 'bo_admin_api'
as $$
begin
  return query select answer.status_code, answer.body::jsonb from unnest(bo_api.lookup_payment_order(requests)) as answer;
end;
$$;

create function test.lookup_payment_order(order_id text, out status_code integer, out body jsonb)
language sql
return test.call_lookup_payment_order(test.lookup_request(order_id, request_path => '/admin/payment-orders/' || order_id));

create function test.call_lookup_wallet_tx(variadic requests bo_api.lookup_request [])
returns table (status_code integer, body jsonb)
language plpgsql
set role = 'bo_admin_api'
as $$
begin
  return query select answer.status_code, answer.body::jsonb from unnest(bo_api.lookup_wallet_tx(requests)) as answer;
end;
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
return test.call_lookup_wallet_tx(
  test.lookup_request(
    wallet_id, request_path => '/admin/wallets/' || wallet_id || '/tx', request_query => 'limit=' || max_entries,
    from_time => from_time, to_time => to_time, max_entries => max_entries
  )
);

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

create function test.call_list_pairs(variadic requests bo_api.lookup_request [])
returns table (status_code integer, body jsonb)
language plpgsql
set role = 'bo_admin_api'
as $$
begin
  return query select answer.status_code, answer.body::jsonb from unnest(bo_api.list_pairs(requests)) as answer;
end;
$$;

-- The orders of a list of pairs, in its order.
create function test.listed_pairs(filters jsonb default null, max_entries integer default 20)
returns text
language sql
as $$
  select string_agg(pair.item ->> 'payment_order_id', ' ' order by pair.place)
  from test.call_list_pairs(test.lookup_request('', filters => filters, max_entries => max_entries)) as answer
  cross join jsonb_array_elements(answer.body -> 'pairs') with ordinality as pair (item, place);
$$;

create function test.call_search(variadic requests bo_api.lookup_request [])
returns table (status_code integer, body jsonb)
language plpgsql
set role = 'bo_admin_api'
as $$
begin
  return query select answer.status_code, answer.body::jsonb from unnest(bo_api.search(requests)) as answer;
end;
$$;

create function test.search(id text)
returns jsonb
language sql
return (test.call_search(test.lookup_request('', filters => jsonb_build_object('q', id)))).body;

create function test.create_audit_partitions(months_ahead integer default 3)
returns integer
language plpgsql
set role = 'bo_admin_api'
as $$
begin
  return bo.create_audit_partitions(months_ahead);
end;
$$;

create function test.call_list_audit_logs(variadic requests bo_api.lookup_request [])
returns table (status_code integer, result_count integer, body jsonb, next_cursor text)
language plpgsql
set role = 'bo_admin_api'
as $$
begin
  return query
  select answer.status_code, answer.result_count, answer.body::jsonb, answer.next_cursor
  from unnest(bo_api.list_audit_logs(requests)) as answer;
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
return test.call_list_audit_logs(
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

-- How much this transaction has read of tables and of their indexes so far.
create function test.rows_read(variadic tables regclass[])
returns bigint
language sql
volatile
as $$
  select sum(pg_stat_get_xact_tuples_returned(part.oid) + pg_stat_get_xact_tuples_fetched(part.oid))::bigint
  from (
    select index.indexrelid as oid from pg_index as index where index.indrelid = any(tables)
    union all
    select unnest(tables)
  ) as part;
$$;

-- Actors: the operator

-- The orders that were repaired (dry run: would be).
create function test.repair(order_ids text [] default null, dry_run boolean default false)
returns text []
language plpgsql
set role = 'bo_operator'
as $$
begin
  return array(select repaired.payment_order_id from bo.repair_pairs(order_ids, dry_run) as repaired);
end;
$$;

-- The same for the orders touched since a time.
create function test.repair_since(since timestamptz)
returns text []
language plpgsql
set role = 'bo_operator'
as $$
begin
  return array(select repaired.payment_order_id from bo.repair_pairs(p_since => since) as repaired);
end;
$$;

create function test.order_ids_touched_since(since timestamptz)
returns text []
language plpgsql
set role = 'bo_operator'
as $$
begin
  return bo.order_ids_touched_since(since);
end;
$$;

-- 'drifted of checked' orders.
create function test.check_pairs(max_orders integer default null)
returns text
language plpgsql
set role = 'bo_operator'
as $$
begin
  return (select found.drifted || ' of ' || found.checked from bo.check_pairs(max_orders) as found);
end;
$$;

create function test.order_ids_after(after text, max_ids integer)
returns text []
language plpgsql
set role = 'bo_operator'
as $$
begin
  return bo.order_ids_after(after, max_ids);
end;
$$;

-- All letters, unless told otherwise.
create function test.letters(
    topic text default null,
    error text default null,
    since timestamptz default null,
    until timestamptz default null,
    key bytea default null,
    from_id bigint default null,
    to_id bigint default null,
    statuses text [] default null
)
returns bo.dead_letter_filter
language sql
immutable
return row(topic, error, since, until, key, from_id, to_id, statuses)::bo.dead_letter_filter;

-- The letter at this offset.
create function test.dlq_id("offset" bigint)
returns bigint
language sql
stable
return (
  select letter.dlq_id from bo.consumer_dlq_events as letter where letter."offset" = dlq_id."offset" and letter.replaces is null
);

-- What came of replaying the letter at this offset as this event, or with this error.
create function test.replay(
    "offset" bigint default 7,
    ledger bo.ledger_event default null,
    payment_order bo.payment_order_event default null,
    error text default null,
    edited_payload bytea default null,
    max_attempts integer default 5,
    reason text default null
)
returns text
language plpgsql
set role = 'bo_operator'
as $$
declare
  v_dlq_id bigint;
begin
  perform set_config('role', 'none', true);
  v_dlq_id := test.dlq_id("offset");
  perform set_config('role', 'bo_operator', true);
  return (
    select concat_ws(' ', replayed.outcome, replayed.status, replayed.attempts, replayed.error)
    from bo.replay_dead_letter(
      v_dlq_id,
      case when ledger is distinct from null then array[ledger] end,
      case when payment_order is distinct from null then array[payment_order] end,
      error, case when error is not null then 'unexpected end' end, edited_payload, max_attempts, 'alice', reason
    ) as replayed
  );
end;
$$;

-- The letters that were discarded, by their offsets.
create function test.import(variadic letters bo.dead_letter [])
returns bigint
language plpgsql
set role = 'bo_operator'
as $$
begin
  return bo.import_dead_letters(letters, 'letters.jsonl', 'alice', null);
end;
$$;

create function test.discard(
    filter bo.dead_letter_filter default test.letters(), reason text default 'sent by mistake', max_letters integer default 100
)
returns bigint []
language plpgsql
set role = 'bo_operator'
as $$
declare
  v_ids bigint[];
begin
  v_ids := array(select gone.dlq_id from bo.discard_dead_letters(filter, max_letters, 'alice', reason) as gone);
  perform set_config('role', 'none', true);
  return array(select letter."offset" from bo.consumer_dlq_events as letter where letter.dlq_id = any(v_ids) order by 1);
end;
$$;

create function test.prune(days integer, max_letters integer default 100)
returns bigint
language plpgsql
set role = 'bo_consumer'
as $$
begin
  return bo.prune_dead_letters(days, 'consumer-1', max_letters);
end;
$$;

create function test.show(
    filter bo.dead_letter_filter default test.letters(), raw boolean default false, reason text default null,
    max_letters integer default 20
)
returns setof json
language plpgsql
set role = 'bo_operator'
as $$
begin
  return query
  select row_to_json(shown) from bo.show_dead_letters(filter, max_letters, raw, 'alice', reason) as shown;
end;
$$;

create function test.list(
    filter bo.dead_letter_filter default test.letters(), raw boolean default false, reason text default null
)
returns setof json
language plpgsql
set role = 'bo_operator'
as $$
begin
  return query select row_to_json(listed) from bo.list_dead_letters(filter, raw, 'alice', reason) as listed;
end;
$$;

create function test.audit_checkpoint()
returns text
language plpgsql
set role = 'bo_operator'
as $$
begin
  return bo.audit_checkpoint();
end;
$$;

-- What is wrong with the audit log, each as 'ROW_CHANGED 2 in block 1'.
create function test.verify(checkpoint text default null, max_findings integer default 1000)
returns text []
language plpgsql
set role = 'bo_operator'
as $$
begin
  return array(
    select concat_ws(' ', finding.kind, finding.audit_id, 'in block ' || finding.seal_number)
    from bo.verify_audit_log(checkpoint, max_findings) as finding
  );
end;
$$;

-- Each partition that ought to go as 'admin_audit_logs_2031_10 detached' or with the reason why not.
create function test.detach(months_to_keep integer default 13)
returns text []
language plpgsql
set role = 'bo_operator'
as $$
begin
  return array(
    select regexp_replace(past.partition::text, '^bo\.', '') || ' ' || coalesce(past.detail, 'detached')
    from bo.detach_audit_partitions(months_to_keep) as past
  );
end;
$$;

-- Anybody

create function test.call_as(role_name text, statement text)
returns void
language plpgsql
as $$
begin
  perform set_config('role', role_name, true);
  execute statement;
  perform set_config('role', 'none', true);
end;
$$;

-- A call that none of these roles may make. The message is asked for too: a right that is missing elsewhere is no proof.
create function test.may_not(role_name text, function_name text, statement text)
returns text
language sql
as $$
  select throws_ok(
    format('select test.call_as(%L, %L)', role_name, statement), '42501', 'permission denied for function ' || function_name,
    role_name || ' may not call ' || function_name
  );
$$;

-- Questions

-- A pair as 'COMPLETE tx-1 tx-2'; '-' for an empty slot, null without a row.
create function test.pair(order_id text)
returns text
language sql
stable
as $$
  select format('%s %s %s', pairing_status, coalesce(payment_tx_id, '-'), coalesce(receive_tx_id, '-'))
  from bo.payment_ledger_pairs
  where payment_order_id = order_id;
$$;

-- Where every row stands and who wrote or locked it: equal before and after when nothing was written.
create function test.row_versions()
returns text []
language sql
volatile
as $$
  select array_agg(place order by place)
  from (
    select 'ledger ' || tx_id || ctid || xmin || ' ' || xmax from bo.ledger_entries
    union all
    select 'order ' || order_id || ctid || xmin || ' ' || xmax from bo.payment_orders
    union all
    select 'pair ' || payment_order_id || ctid || xmin || ' ' || xmax from bo.payment_ledger_pairs
    union all
    select 'letter ' || dlq_id || ctid || xmin || ' ' || xmax from bo.consumer_dlq_events
  ) as placed (place);
$$;

-- The pairs by contract.md section 3, told from the ledger without any function of the product.
create function test.expected_pairs()
returns table (
    payment_order_id text, payment_tx_id text, receive_tx_id text, payer_wallet_id text, payee_wallet_id text,
    pairing_status text, payment_entry_count integer, receive_entry_count integer, has_extra_entries boolean,
    payment_amount numeric, receive_amount numeric
)
language sql
stable
as $$
  with eligible as (
    select *
    from bo.ledger_entries
    where entry_type in ('PAYMENT', 'RECEIVE') and related_id is not null and coalesce(related_type, 'PAYMENT_ORDER') = 'PAYMENT_ORDER'
  )
  select
    related_id,
    (array_agg(tx_id order by event_time, tx_id collate "C") filter (where entry_type = 'PAYMENT'))[1],
    (array_agg(tx_id order by event_time, tx_id collate "C") filter (where entry_type = 'RECEIVE'))[1],
    (array_agg(wallet_id order by event_time, tx_id collate "C") filter (where entry_type = 'PAYMENT'))[1],
    (array_agg(wallet_id order by event_time, tx_id collate "C") filter (where entry_type = 'RECEIVE'))[1],
    case count(distinct entry_type) when 2 then 'COMPLETE' else 'INCOMPLETE' end,
    count(*) filter (where entry_type = 'PAYMENT')::integer,
    count(*) filter (where entry_type = 'RECEIVE')::integer,
    count(*) > count(distinct entry_type),
    (array_agg(amount order by event_time, tx_id collate "C") filter (where entry_type = 'PAYMENT'))[1],
    (array_agg(amount order by event_time, tx_id collate "C") filter (where entry_type = 'RECEIVE'))[1]
  from eligible
  group by related_id;
$$;

-- Assertions

-- The stronger event wins over the weaker one whichever comes first, in two batches or in one.
-- Rows are compared as text, so that 1.0 and 1.00 differ.
create function test.beats(stronger bo.ledger_event, weaker bo.ledger_event, description text)
returns text
language plpgsql
as $$
declare
  v_tx_id constant text := stronger.tx_id;
  v_way text;
  v_seen text[];
begin
  foreach v_way in array array['stronger first', 'weaker first', 'one batch', 'one batch reversed'] loop
    stronger.tx_id := v_tx_id || ' ' || v_way;
    weaker.tx_id := stronger.tx_id;
    v_seen := v_seen || case v_way
      when 'stronger first' then test.upsert(stronger) || ', ' || test.upsert(weaker)
      when 'weaker first' then test.upsert(weaker) || ', ' || test.upsert(stronger)
      when 'one batch' then test.apply_ledger(stronger, weaker)
      else test.apply_ledger(weaker, stronger)
    end;
    if not exists (select from bo.ledger_entries as entry where bo.as_event(entry)::text = stronger::text) then
      v_seen := v_seen || (v_way || ': the stronger one is not stored');
    end if;
  end loop;
  return is(
    v_seen, array['inserted, stale', 'inserted, updated', '1 inserted, 1 stale', '1 inserted, 1 stale'], description
  );
end;
$$;

create function test.beats(stronger bo.payment_order_event, weaker bo.payment_order_event, description text)
returns text
language plpgsql
as $$
declare
  v_order_id constant text := stronger.order_id;
  v_way text;
  v_seen text[];
begin
  foreach v_way in array array['stronger first', 'weaker first', 'one batch', 'one batch reversed'] loop
    stronger.order_id := v_order_id || ' ' || v_way;
    weaker.order_id := stronger.order_id;
    v_seen := v_seen || case v_way
      when 'stronger first' then test.upsert(stronger) || ', ' || test.upsert(weaker)
      when 'weaker first' then test.upsert(weaker) || ', ' || test.upsert(stronger)
      when 'one batch' then test.apply_orders(stronger, weaker)
      else test.apply_orders(weaker, stronger)
    end;
    if not exists (select from bo.payment_orders as payment_order where bo.as_event(payment_order)::text = stronger::text) then
      v_seen := v_seen || (v_way || ': the stronger one is not stored');
    end if;
  end loop;
  return is(
    v_seen, array['inserted, stale', 'inserted, updated', '1 inserted, 1 stale', '1 inserted, 1 stale'], description
  );
end;
$$;

create function test.pairs_are_right(description text)
returns text
language sql
as $$
  select set_eq(
    'select payment_order_id, payment_tx_id, receive_tx_id, payer_wallet_id, payee_wallet_id, pairing_status,
            payment_entry_count, receive_entry_count, has_extra_entries, payment_amount, receive_amount
     from bo.payment_ledger_pairs',
    'select * from test.expected_pairs()',
    description
  );
$$;

-- Catalog

-- Every privilege on what is in our schemas; PUBLIC is a grantee, and so is what is open by default.
create view test.privileges as
with acl (object, items) as (
  select 'schema ' || nspname, coalesce(nspacl, acldefault('n', nspowner)) from pg_namespace where nspname in ('bo', 'bo_api')
  union all
  select 'relation ' || oid::regclass, coalesce(relacl, acldefault(case relkind when 'S' then 's' else 'r' end::"char", relowner))
  from pg_class
  where relnamespace in ('bo'::regnamespace, 'bo_api'::regnamespace) and relkind in ('r', 'p', 'v', 'm', 'S', 'f')
  union all
  select format('column %s.%s', attrelid::regclass, attname), attacl
  from pg_attribute
  inner join pg_class on pg_class.oid = attrelid
  where relnamespace in ('bo'::regnamespace, 'bo_api'::regnamespace)
  union all
  select 'function ' || oid::regprocedure, coalesce(proacl, acldefault('f', proowner))
  from pg_proc where pronamespace in ('bo'::regnamespace, 'bo_api'::regnamespace)
  union all
  select 'type ' || reltype::regtype, coalesce(typacl, acldefault('T', typowner))
  from pg_class
  inner join pg_type on pg_type.oid = reltype
  where relnamespace in ('bo'::regnamespace, 'bo_api'::regnamespace) and relkind = 'c'
)

select
  acl.object,
  item.privilege_type as privilege,
  item.is_grantable,
  case item.grantee when 0 then 'PUBLIC' else item.grantee::regrole::text end as grantee
from acl
cross join lateral aclexplode(acl.items) as item;
