begin;
select plan(2);

select set_eq(
  $$ select rolname::text, rolcanlogin, rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls
     from pg_roles where rolname like 'bo\_%' $$,
  $$ values ('bo_owner', false, false), ('bo_consumer', true, false), ('bo_admin_api', true, false), ('bo_operator', true, false) $$,
  'none is a superuser or the like, and the owner can''t log in'
);
select is_empty(
  $$ select member::regrole, roleid::regrole from pg_auth_members where member::regrole::text like 'bo\_%' $$,
  'none is a member of another role, bo_owner least of all'
);

select * from finish();
rollback;
