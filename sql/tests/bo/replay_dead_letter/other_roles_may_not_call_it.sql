begin;
select plan(2);

select test.may_not(role_name, 'replay_dead_letter', 'select bo.replay_dead_letter(1, null, null, null, null, null, 5, null, null)') from unnest(array['bo_admin_api', 'bo_consumer']) as role_name;

select * from finish();
rollback;
