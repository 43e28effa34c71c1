begin;
select plan(1);

select set_eq(
  $$ select 'function ' || oid::regprocedure
     from pg_proc where pronamespace in ('bo'::regnamespace, 'bo_api'::regnamespace) and prosecdef $$,
  $$ select distinct object from test.privileges where privilege = 'EXECUTE' and grantee <> 'bo_owner' $$,
  'all others have no more rights than their caller'
);

select * from finish();
rollback;
