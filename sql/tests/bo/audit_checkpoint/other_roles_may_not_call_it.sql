begin;
select plan(2);

select test.may_not(role_name, 'audit_checkpoint', 'select bo.audit_checkpoint()') from unnest(array['bo_consumer', 'bo_admin_api']) as role_name;

select * from finish();
rollback;
