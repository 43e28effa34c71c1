begin;
select plan(15);

select throws_ok(
  format('select test.call_as(%L, %L)', role_name, statement), '42501', 'permission denied for table dlq_actions',
  role_name || ': ' || statement
)
from
  unnest(array['bo_consumer', 'bo_admin_api', 'bo_operator']) as role_name,
  unnest(array[
    'select from bo.dlq_actions', 'insert into bo.dlq_actions default values', 'update bo.dlq_actions set reason = null',
    'delete from bo.dlq_actions', 'truncate bo.dlq_actions'
  ]) as statement;

select * from finish();
rollback;
