-- Verify tx_lookup:schemas on pg
begin;

select has_schema_privilege('bo_owner', 'bo', 'create') and has_schema_privilege('bo_owner', 'bo_api', 'create');
select 1 / count(*) from pg_catalog.pg_namespace where nspname = 'bo_api';

rollback;
