-- Chunks of one transaction, in ascending order, which is the order that every writer locks in. To commit between chunks, call
-- it with one chunk of bo.order_ids_after() after another.
create or replace function bo.repair_pairs(
    p_order_ids text [] default null, p_dry_run boolean default false, p_since timestamptz default null
)
returns table (payment_order_id text, stored bo.computed_pair, computed bo.computed_pair)
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  c_chunk_orders constant integer := 10000;
  v_order_ids text[];
  v_chunk text[];
  v_done integer := 0;
begin
  if p_order_ids is not null and p_since is not null then
    raise exception using errcode = 'invalid_parameter_value', message = 'Orders and a time exclude each other.';
  end if;
  v_order_ids := case
    when p_since is not null then bo.order_ids_touched_since(p_since)
    when p_order_ids is not null
      then array(select distinct given.order_id collate "C" from unnest(p_order_ids) as given (order_id) order by 1)
  end;

  loop
    v_chunk := case
      when v_order_ids is null then bo.order_ids_after(v_chunk[cardinality(v_chunk)], c_chunk_orders)
      else v_order_ids[v_done + 1:v_done + c_chunk_orders]
    end;
    exit when coalesce(cardinality(v_chunk), 0) = 0;
    v_done := v_done + cardinality(v_chunk);
    return query select repaired.* from bo.repair_chunk(v_chunk, p_dry_run) as repaired;
  end loop;
end;
$$;

comment on function bo.repair_pairs(text [], boolean, timestamptz)
is 'Makes pairs equal to the ledger again: all, those of some orders, or those touched since a time. Returns each that was not '
'(dry run: would be changed), as stored and as computed';
