-- Equal to the last byte, scale of numbers included: such an event changes nothing, whatever comes between.
create or replace function bo.not_stored(p_events bo.ledger_event [])
returns bo.ledger_event []
language plpgsql
stable
security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
  return coalesce((
    select array_agg(event)
    from unnest(p_events) as event
    where not exists (
      select from bo.ledger_entries as entry
      where entry.tx_id = event.tx_id and event *= bo.as_event(entry)
    )
  ), '{}');
end;
$$;

comment on function bo.not_stored(bo.ledger_event []) is 'Those of the events that are not stored just so';

create or replace function bo.not_stored(p_events bo.payment_order_event [])
returns bo.payment_order_event []
language plpgsql
stable
security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
  return coalesce((
    select array_agg(event)
    from unnest(p_events) as event
    where not exists (
      select from bo.payment_orders as payment_order
      where payment_order.order_id = event.order_id and event *= bo.as_event(payment_order)
    )
  ), '{}');
end;
$$;

comment on function bo.not_stored(bo.payment_order_event []) is 'Those of the events that are not stored just so';
