-- Lookups write audit rows as the owner of this function, whatever the login role may do itself: so it is the owner who is asked about.
create or replace function bo_api.ping()
returns boolean
language sql
stable
security definer
set search_path = pg_catalog, pg_temp
as $$
  select
    pg_catalog.has_table_privilege('bo.admin_audit_logs', 'INSERT')
    and pg_catalog.current_setting('transaction_read_only') = 'off';
$$;

comment on function bo_api.ping() is 'Whether lookups can be answered, audit row included';
