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
