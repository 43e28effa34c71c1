begin;
select plan(1);

select is_empty(
  $$ select oid::regprocedure
     from pg_proc
     where
       pronamespace in ('bo'::regnamespace, 'bo_api'::regnamespace)
       and prosqlbody is null
       and not coalesce('search_path=pg_catalog, pg_temp' = any(proconfig), false) $$,
  'to the catalog, and last to what the session made, or has a body that was bound when it was created'
);

select * from finish();
rollback;
