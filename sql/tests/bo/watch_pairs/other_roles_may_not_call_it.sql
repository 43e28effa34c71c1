begin;
select plan(2);

select test.may_not(role_name, 'watch_pairs', 'select bo.watch_pairs(1)') from unnest(array['bo_admin_api', 'bo_operator']) as role_name;

select * from finish();
rollback;
