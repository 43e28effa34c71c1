-- Without arguments all orders, in chunks of one transaction and in ascending order, which is the order that every writer locks
-- in. To commit between chunks, call it with one chunk of bo.order_ids_after() after another.
-- What drifted is told from one snapshot; only then are these pairs locked and computed again, beside live traffic.
create or replace function bo.repair_pairs(p_order_ids text [] default null, p_dry_run boolean default false)
returns table (payment_order_id text, stored bo.computed_pair, computed bo.computed_pair)
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  c_chunk_orders constant integer := 10000;
  v_chunk text[] := coalesce(p_order_ids, bo.order_ids_after(null, c_chunk_orders));
  v_drifted text[];
  v_drift record;
begin
  while v_chunk is not null loop
    v_drifted := null;
    for v_drift in
      select drift.* from bo.pair_drift(v_chunk) as drift
    loop
      v_drifted := v_drifted || v_drift.payment_order_id;
      return query select v_drift.payment_order_id, v_drift.stored, v_drift.computed;
    end loop;

    if v_drifted is not null and not p_dry_run then
      perform bo.apply_pairs(null, v_drifted);
    end if;
    exit when p_order_ids is not null;
    v_chunk := bo.order_ids_after(v_chunk[cardinality(v_chunk)], c_chunk_orders);
  end loop;
end;
$$;

comment on function bo.repair_pairs(text [], boolean)
is 'Makes pairs equal to the ledger again; returns each that was not (dry run: would be changed), as stored and as computed';
