create or replace function bo_api.ping()
returns boolean
language sql
stable
security definer
set search_path = ''
as $$
  select pg_catalog.has_table_privilege('bo.admin_audit_logs', 'INSERT');
$$;

comment on function bo_api.ping() is 'Whether lookups can be answered, audit row included';
