begin;
select plan(4);

-- As a call for each row it would cost more than the rest of a lookup, and nothing else would tell.
create function pg_temp.plan_of(view_name text) returns text language plpgsql as $$
declare
  v_line text;
  v_plan text := '';
begin
  for v_line in execute format('explain (verbose, costs off) select * from bo_api.%I', view_name) loop
    v_plan := v_plan || v_line || E'\n';
  end loop;
  return v_plan;
end;
$$;
select unalike(pg_temp.plan_of(view_name), '%bo_api.pairing(%', view_name)
from unnest(array['transactions', 'entry_items', 'payment_orders', 'pair_items']) as view_name;

select * from finish();
rollback;
