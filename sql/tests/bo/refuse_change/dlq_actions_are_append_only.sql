begin;
select plan(18);

select test.apply(letters => array[test.dead_letter()]);
select test.discard();
-- Rights that nobody has, so that what refuses is the table itself.
grant usage on schema bo to bo_consumer, bo_admin_api, bo_operator;
grant all on bo.dlq_actions to bo_consumer, bo_admin_api, bo_operator;

select throws_ok(
  format('select test.call_as(%L, %L)', role_name, statement), '42501', 'bo.dlq_actions is append-only', role_name || ': ' || statement
)
from
  unnest(array['bo_owner', 'bo_consumer', 'bo_admin_api', 'bo_operator']) as role_name,
  unnest(array[
    'update bo.dlq_actions set reason = null', 'delete from bo.dlq_actions', 'delete from bo.dlq_actions where false',
    'truncate bo.dlq_actions'
  ]) as statement;
select is((select count(*) from bo.dlq_actions), 1::bigint, 'what was done is still there');
select lives_ok('delete from bo.dlq_actions', 'a superuser may');

select * from finish();
rollback;
