create or replace function bo.check_pairs(p_max_orders integer default null, out checked bigint, out drifted bigint)
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  c_chunk_orders constant integer := 10000;
  v_chunk text[];
begin
  checked := 0;
  drifted := 0;
  loop
    v_chunk := case
      when p_max_orders is null then bo.order_ids_after(v_chunk[cardinality(v_chunk)], c_chunk_orders)
      else bo.sample_order_ids(p_max_orders)
    end;
    exit when coalesce(cardinality(v_chunk), 0) = 0;
    checked := checked + cardinality(v_chunk);
    drifted := drifted + (select count(*) from bo.pair_drift(v_chunk));
    exit when p_max_orders is not null;
  end loop;
end;
$$;

comment on function bo.check_pairs(integer)
is 'How many pairs differ from the ledger (0 expected) among how many orders: all, or a sample of at most so many';
