begin;
select plan(2);

select test.may_not(role_name, 'audit_log_state', 'select bo.audit_log_state()') from unnest(array['bo_consumer', 'bo_operator']) as role_name;

select * from finish();
rollback;
