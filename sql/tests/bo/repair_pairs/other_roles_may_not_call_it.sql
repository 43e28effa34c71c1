begin;
select plan(2);

select test.may_not(role_name, 'repair_pairs', 'select bo.repair_pairs()') from unnest(array['bo_admin_api', 'bo_consumer']) as role_name;

select * from finish();
rollback;
