begin;
select plan(2);

select test.may_not(role_name, 'order_ids_after', 'select bo.order_ids_after(null, 1)')
from unnest(array['bo_admin_api', 'bo_consumer']) as role_name;

select * from finish();
rollback;
