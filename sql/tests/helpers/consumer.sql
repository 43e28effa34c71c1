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
