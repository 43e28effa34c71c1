begin;
select plan(1);

select test.may_not(role_name, 'prune_dead_letters', 'select bo.prune_dead_letters(14)') from unnest(array['bo_admin_api']) as role_name;

select * from finish();
rollback;
