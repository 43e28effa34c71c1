begin;
select plan(1);

select test.may_not('bo_consumer', 'seal_audit_log', 'select bo.seal_audit_log()');

select * from finish();
rollback;
