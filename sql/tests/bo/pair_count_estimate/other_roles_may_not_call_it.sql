begin;
select plan(2);

select test.may_not(role_name, 'pair_count_estimate', 'select bo.pair_count_estimate()') from unnest(array['bo_admin_api', 'bo_consumer']) as role_name;

select * from finish();
rollback;
