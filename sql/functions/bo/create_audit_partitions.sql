-- Rows that came before their partition are in the DEFAULT one; they move when their month is made, under a lock that holds new
-- rows back until the commit. Only one caller works at a time; another returns at once.
create or replace function bo.create_audit_partitions(p_months_ahead integer default 3)
returns integer
language plpgsql
volatile
security definer
set search_path = ''
set timezone = 'UTC'
as $$
declare
  c_job_lock constant integer := 4041001; -- advisory lock of this job
  v_month timestamptz;
  v_partition text;
  v_created integer := 0;
begin
  if not pg_try_advisory_xact_lock(c_job_lock) then
    return 0;
  end if;

  for v_month in
    select month.start
    from generate_series(
      date_trunc('month', least(bo.clock(), (select min(log.requested_at) from bo.admin_audit_logs_default as log))),
      bo.clock() + p_months_ahead * interval '1 month',
      interval '1 month'
    ) as month (start)
  loop
    v_partition := 'admin_audit_logs_' || to_char(v_month, 'YYYY_MM');
    continue when to_regclass('bo.' || v_partition) is not null;

    lock table bo.admin_audit_logs in access exclusive mode;
    execute format('create table bo.%I (like bo.admin_audit_logs including defaults including constraints)', v_partition);
    execute format(
      'with moved as (
         delete from bo.admin_audit_logs_default where requested_at >= %1$L and requested_at < %2$L returning *
       )
       insert into bo.%3$I select * from moved', v_month, v_month + interval '1 month', v_partition
    );
    execute format(
      'alter table bo.admin_audit_logs attach partition bo.%I for values from (%L) to (%L)',
      v_partition, v_month, v_month + interval '1 month'
    );
    execute format('comment on table bo.%I is %L', v_partition, 'Audit rows of ' || to_char(v_month, 'YYYY-MM'));
    v_created := v_created + 1;
  end loop;
  return v_created;
end;
$$;

comment on function bo.create_audit_partitions(integer)
is 'Makes the monthly partitions of the audit log from now to some months ahead; returns how many';
