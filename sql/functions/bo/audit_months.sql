-- Not by the names of partitions alone: rows of any month may be in the DEFAULT one, or in one that was made with a wrong name.
create or replace function bo.audit_months()
returns setof date
language sql
stable
security invoker
set search_path = pg_catalog, pg_temp
as $$
  select partition.month from bo.audit_partitions() as partition
  union
  select month.start::date
  from (
    select min(log.requested_at) at time zone 'UTC' as oldest, max(log.requested_at) at time zone 'UTC' as newest
    from bo.admin_audit_logs as log
  ) as kept
  cross join generate_series(date_trunc('month', kept.oldest), kept.newest, interval '1 month') as month (start)
  order by 1;
$$;

comment on function bo.audit_months() is 'The months that the audit log may have rows of, in UTC, oldest first';
