begin;
select plan(2);

select test.may_not(role_name, 'order_ids_touched_since', 'select bo.order_ids_touched_since(now())') from unnest(array['bo_admin_api', 'bo_consumer']) as role_name;

select * from finish();
rollback;
