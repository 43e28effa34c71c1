begin;
select plan(2);

select test.may_not(role_name, 'show_dead_letters', 'select bo.show_dead_letters(null)') from unnest(array['bo_admin_api', 'bo_consumer']) as role_name;

select * from finish();
rollback;
