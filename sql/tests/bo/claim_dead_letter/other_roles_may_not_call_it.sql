begin;
select plan(2);

select test.may_not(role_name, 'claim_dead_letter', 'select bo.claim_dead_letter(null)') from unnest(array['bo_admin_api', 'bo_consumer']) as role_name;

select * from finish();
rollback;
