begin;
select plan(2);

select test.may_not(role_name, 'create_audit_partitions', 'select bo.create_audit_partitions()')
from unnest(array['bo_consumer', 'bo_operator']) as role_name;

select * from finish();
rollback;
