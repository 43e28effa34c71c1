begin;
select plan(5);

select is_empty(
  $$ select oid::regnamespace
     from pg_namespace where nspname in ('bo', 'bo_api') and obj_description(oid, 'pg_namespace') is null $$,
  'schemas'
);
select is_empty(
  $$ select oid::regclass
     from pg_class
     where relnamespace in ('bo'::regnamespace, 'bo_api'::regnamespace) and relkind in ('r', 'p', 'v') and obj_description(oid, 'pg_class') is null $$,
  'tables and views'
);
select is_empty(
  $$ select attrelid::regclass, attname
     from pg_attribute
     inner join pg_class on pg_class.oid = attrelid
     where
       relnamespace in ('bo'::regnamespace, 'bo_api'::regnamespace) and relkind in ('r', 'p') and not relispartition
       and attnum > 0 and not attisdropped and col_description(attrelid, attnum) is null $$,
  'columns of tables'
);
select is_empty(
  $$ select oid::regprocedure
     from pg_proc
     where pronamespace in ('bo'::regnamespace, 'bo_api'::regnamespace) and obj_description(oid, 'pg_proc') is null $$,
  'functions'
);
select is_empty(
  $$ select reltype::regtype
     from pg_class
     where relnamespace in ('bo'::regnamespace, 'bo_api'::regnamespace) and relkind = 'c' and obj_description(reltype, 'pg_type') is null $$,
  'types'
);

select * from finish();
rollback;
