-- One statement, so that ledger and pairs are seen at one point in time: live traffic never shows as drift.
create or replace function bo.pair_drift(p_order_ids text [])
returns table (payment_order_id text, stored bo.computed_pair, computed bo.computed_pair)
language plpgsql
stable
security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
  return query
  select coalesce((pair.stored).payment_order_id, due.payment_order_id), pair.stored, due::bo.computed_pair
  from (
    select bo.as_computed(pair) as stored
    from bo.payment_ledger_pairs as pair
    where pair.payment_order_id = any(p_order_ids)
  ) as pair
  full join bo.computed_pairs(p_order_ids) as due on due.payment_order_id = (pair.stored).payment_order_id
  where pair.stored is distinct from due::bo.computed_pair
  order by 1;
end;
$$;

comment on function bo.pair_drift(text []) is 'The pairs of these orders that are not what the ledger makes of them; null: no such pair';
