begin;
select plan(2);

select test.may_not(role_name, 'import_dead_letters', $$ select bo.import_dead_letters('{}', 'x', 'alice', null) $$) from unnest(array['bo_admin_api', 'bo_consumer']) as role_name;

select * from finish();
rollback;
