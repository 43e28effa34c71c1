-- The first session that asks holds the lock until it ends; PostgreSQL counts how often it was taken, which nobody minds.
create or replace function bo.watch_pairs(p_max_orders integer, out checked bigint, out drifted bigint)
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  c_job_lock constant integer := 4041002; -- advisory lock of this job
begin
  if pg_try_advisory_lock(c_job_lock) then
    select found.checked, found.drifted into checked, drifted
    from bo.check_pairs(p_max_orders) as found;
  end if;
end;
$$;

comment on function bo.watch_pairs(integer) is 'bo.check_pairs() for one session at a time: nulls while another session watches';
