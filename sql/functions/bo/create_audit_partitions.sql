-- Rows that came before their partition are in the DEFAULT one; they move when their month is made, under a lock that holds
-- everybody back until the commit: only so long does the DEFAULT partition let rows go. A row moves as it is, in one statement, and
-- seals prove rows, not their places. Only one caller works at a time; another returns at once.
create or replace function bo.create_audit_partitions(p_months_ahead integer default 3)
returns integer
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
set timezone = 'UTC'
set lock_timeout = '100ms' -- whoever writes to the log queues behind this job
as $$
declare
  c_job_lock constant integer := 4041001; -- advisory lock of this job
  v_months timestamptz[];
  v_month timestamptz;
  v_partition text;
begin
  if not pg_try_advisory_xact_lock(c_job_lock) then
    return 0;
  end if;

  v_months := array(
    select month.start
    from generate_series(
      date_trunc('month', least(bo.clock(), (select min(log.requested_at) from bo.admin_audit_logs_default as log))),
      bo.clock() + p_months_ahead * interval '1 month',
      interval '1 month'
    ) as month (start)
    where to_regclass('bo.admin_audit_logs_' || to_char(month.start, 'YYYY_MM')) is null
  );
  if v_months = '{}' then
    return 0;
  end if;

  lock table only bo.admin_audit_logs, bo.admin_audit_logs_default in access exclusive mode;
  alter table bo.admin_audit_logs_default disable trigger is_append_only;
  foreach v_month in array v_months loop
    v_partition := 'admin_audit_logs_' || to_char(v_month, 'YYYY_MM');
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
  end loop;
  alter table bo.admin_audit_logs_default enable trigger is_append_only;
  perform bo.protect_audit_log();
  return cardinality(v_months);
end;
$$;

comment on function bo.create_audit_partitions(integer)
is 'Makes the monthly partitions of the audit log from now to some months ahead; returns how many';
