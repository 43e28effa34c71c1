begin;
select plan(3);

select test.may_not(role_name, 'begin_audit_epoch', 'select bo.begin_audit_epoch(''restored'')')
from unnest(array['bo_consumer', 'bo_admin_api', 'bo_operator']) as role_name;

select * from finish();
rollback;
