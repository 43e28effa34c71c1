-- A record without a Kafka timestamp takes its event time; an order, which has none, its updated_at, else its created_at
-- (contract.md section 2).
create or replace function bo.with_record_timestamp(p_events bo.ledger_event [])
returns bo.ledger_event []
language sql
immutable
security invoker
set search_path = pg_catalog, pg_temp
as $$
  select array_agg(row(
    event.tx_id, event.wallet_id, event.entry_type, event.amount, event.amount_signed, event.related_id, event.related_type,
    event.event_time, event.created_at, event.updated_at, event.source_version,
    coalesce(event.record_timestamp, event.event_time)
  )::bo.ledger_event)
  from unnest(p_events) as event;
$$;

comment on function bo.with_record_timestamp(bo.ledger_event [])
is 'The same ledger events, each with a record timestamp';

create or replace function bo.with_record_timestamp(p_events bo.payment_order_event [])
returns bo.payment_order_event []
language sql
immutable
security invoker
set search_path = pg_catalog, pg_temp
as $$
  select array_agg(row(
    event.order_id, event.user_id, event.merchant_name, event.amount, event.status, event.created_at, event.updated_at,
    event.source_version, coalesce(event.record_timestamp, event.updated_at, event.created_at)
  )::bo.payment_order_event)
  from unnest(p_events) as event;
$$;

comment on function bo.with_record_timestamp(bo.payment_order_event [])
is 'The same order events, each with a record timestamp';
