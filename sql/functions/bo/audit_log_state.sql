create or replace function bo.audit_log_state(out unsealed_age_seconds double precision, out default_rows bigint)
language sql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
  select
    (
      select coalesce(extract(epoch from bo.clock() - min(bo.oldest_unsealed(month.start))), 0)
      from bo.audit_months() as month (start)
    ),
    (select count(*) from (select from bo.admin_audit_logs_default limit 10000) as strays);
$$;

comment on function bo.audit_log_state() is
'Age of the oldest row that is not sealed, 0 when there is none; and how many rows are in the DEFAULT partition, counted up to ten thousand';
