begin;
select plan(2);

grant usage on schema bo_api to bo_consumer, bo_operator;
select test.may_not(role_name, 'record_denial', 'select bo_api.record_denial(null, null, null)') from unnest(array['bo_consumer', 'bo_operator']) as role_name;

select * from finish();
rollback;
