-- Verify tx_lookup:schemas on pg
begin;

select 1 / (count(*) filter (where nspowner = 'bo_owner'::regrole) = 2)::integer
from pg_catalog.pg_namespace
where nspname in ('bo', 'bo_api');

rollback;
