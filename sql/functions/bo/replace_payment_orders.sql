-- As bo.replace_ledger_entries(): locked in order_id order, compared again, then replaced.
create or replace function bo.replace_payment_orders(p_events bo.payment_order_event [], p_now timestamptz)
returns bigint
language plpgsql
volatile
security invoker
set search_path = pg_catalog, pg_temp
set timezone = 'UTC'
set datestyle = 'ISO, MDY'
as $$
declare
  v_updated bigint;
begin
  perform from bo.payment_orders as payment_order
  where payment_order.order_id in (select event.order_id from unnest(p_events) as event)
  order by payment_order.order_id
  for no key update;

  update bo.payment_orders as payment_order
  set
    user_id = event.user_id, merchant_name = event.merchant_name, amount = event.amount, status = event.status,
    created_at = event.created_at, updated_at = event.updated_at, source_version = event.source_version,
    record_timestamp = event.record_timestamp, ingested_at = p_now
  from bo.winning_payment_order_events(p_events) as event
  inner join bo.payment_orders as replaced on replaced.order_id = event.order_id
  where payment_order.order_id = event.order_id and bo.supersedes(event, bo.as_event(replaced));

  get diagnostics v_updated = row_count;
  return v_updated;
end;
$$;

comment on function bo.replace_payment_orders(bo.payment_order_event [], timestamptz)
is 'Updates stored order rows that these events win over; returns how many';
