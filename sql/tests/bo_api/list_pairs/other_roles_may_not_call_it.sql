begin;
select plan(2);

select throws_ok(
  format('select test.call_as(%L, %L)', role_name, $$
    select bo_api.list_pairs('{}')
  $$),
  '42501', 'permission denied for schema bo_api', role_name || ' can''t even see it'
)
from unnest(array['bo_consumer', 'bo_operator']) as role_name;

select * from finish();
rollback;
