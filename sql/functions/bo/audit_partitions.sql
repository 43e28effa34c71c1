create or replace function bo.audit_partitions()
returns table (partition regclass, month date)
language sql
stable
security invoker
set search_path = pg_catalog, pg_temp
as $$
  select partition.oid::regclass, to_date(right(partition.relname, 7), 'YYYY_MM')
  from pg_catalog.pg_inherits
  inner join pg_catalog.pg_class as partition on partition.oid = pg_inherits.inhrelid
  where pg_inherits.inhparent = 'bo.admin_audit_logs'::regclass and partition.relname ~ '^admin_audit_logs_\d{4}_(0[1-9]|1[0-2])$'
  order by 2;
$$;

comment on function bo.audit_partitions() is 'The monthly partitions of the audit log, oldest first';
