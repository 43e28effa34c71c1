begin;
select plan(2);

select test.may_not(role_name, 'discard_dead_letters', 'select bo.discard_dead_letters(null, 1, null, null)') from unnest(array['bo_admin_api', 'bo_consumer']) as role_name;

select * from finish();
rollback;
