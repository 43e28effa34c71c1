begin;
select plan(2);

select test.may_not(role_name, 'detach_audit_partitions', 'select bo.detach_audit_partitions()')
from unnest(array['bo_consumer', 'bo_admin_api']) as role_name;

select * from finish();
rollback;
