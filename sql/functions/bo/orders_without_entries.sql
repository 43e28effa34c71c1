create or replace function bo.orders_without_entries(p_minutes integer default 10)
returns table (order_id text, status text, amount numeric, created_at timestamptz, ingested_at timestamptz)
language plpgsql
stable
security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
  return query
  select payment_order.order_id, payment_order.status, payment_order.amount, payment_order.created_at, payment_order.ingested_at
  from bo.payment_orders as payment_order
  where
    payment_order.ingested_at <= bo.clock() - p_minutes * interval '1 minute'
    and not exists (
      select from bo.ledger_entries as entry
      where
        entry.related_id = payment_order.order_id
        and (entry.related_type is null or entry.related_type = 'PAYMENT_ORDER')
    )
  order by payment_order.ingested_at, payment_order.order_id;
end;
$$;

comment on function bo.orders_without_entries(integer)
is 'Orders whose version was applied so many minutes ago, and that no ledger entry names; a function since a view has no argument';
