begin;
select plan(2);

select test.may_not(role_name, 'check_pairs', 'select bo.check_pairs()') from unnest(array['bo_admin_api', 'bo_consumer']) as role_name;

select * from finish();
rollback;
