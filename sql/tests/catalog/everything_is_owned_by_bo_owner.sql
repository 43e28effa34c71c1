begin;
select plan(2);

select is_empty(
  $$ select 'schema', nspname, nspowner::regrole from pg_namespace where nspname in ('bo', 'bo_api') and nspowner <> 'bo_owner'::regrole
     union all
     select 'relation', relname, relowner::regrole
     from pg_class where relnamespace in ('bo'::regnamespace, 'bo_api'::regnamespace) and relowner <> 'bo_owner'::regrole
     union all
     select 'function', proname, proowner::regrole
     from pg_proc where pronamespace in ('bo'::regnamespace, 'bo_api'::regnamespace) and proowner <> 'bo_owner'::regrole
     union all
     select 'type', typname, typowner::regrole
     from pg_type where typnamespace in ('bo'::regnamespace, 'bo_api'::regnamespace) and typowner <> 'bo_owner'::regrole $$,
  'schemas, tables, views, indexes, sequences, functions and types'
);
select is_empty(
  $$ select classid::regclass, objid
     from pg_shdepend
     where refobjid in ('bo_consumer'::regrole, 'bo_admin_api'::regrole, 'bo_operator'::regrole) and deptype = 'o' $$,
  'the login roles own nothing'
);

select * from finish();
rollback;
