-- What drifted is told from one snapshot; only then are these pairs locked and computed again, beside live traffic.
create or replace function bo.repair_chunk(p_order_ids text [], p_dry_run boolean)
returns table (payment_order_id text, stored bo.computed_pair, computed bo.computed_pair)
language plpgsql
volatile
security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
  v_drifted text[];
  v_drift record;
begin
  for v_drift in
    select drift.* from bo.pair_drift(p_order_ids) as drift
  loop
    v_drifted := v_drifted || v_drift.payment_order_id;
    return query select v_drift.payment_order_id, v_drift.stored, v_drift.computed;
  end loop;

  if v_drifted is not null and not p_dry_run then
    perform bo.apply_pairs(null, v_drifted);
  end if;
end;
$$;

comment on function bo.repair_chunk(text [], boolean)
is 'bo.repair_pairs() for so many orders as one statement should lock';
