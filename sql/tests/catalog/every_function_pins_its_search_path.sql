begin;
select plan(1);

select is_empty(
  $$ select oid::regprocedure
     from pg_proc
     where
       pronamespace in ('bo'::regnamespace, 'bo_api'::regnamespace)
       and prosqlbody is null
       and not coalesce('search_path=""' = any(proconfig), false) $$,
  'to nothing, or has a body that was bound when it was created'
);

select * from finish();
rollback;
