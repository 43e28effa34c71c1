-- The binary form of an array of rows names the row type by its oid, which differs from database to database.
create or replace function bo_api.wire_types()
returns table (lookup_request oid)
language sql
stable
security definer
set search_path = pg_catalog, pg_temp
as $$
  select 'bo_api.lookup_request'::pg_catalog.regtype::oid;
$$;

comment on function bo_api.wire_types() is 'Oid of the row type that lookup functions take arrays of; ask once a connection';
