begin;
select plan(66);

select test.freeze_clock('2031-10-15T12:00:00Z');
select test.create_audit_partitions(0);
select test.audit_row(1);
select test.audit_row(2, requested_at => '2031-09-15T12:00:00Z');
select test.seal();
-- Rights that nobody has, so that what refuses is the table itself.
grant usage on schema bo to bo_consumer, bo_admin_api, bo_operator;
grant all on all tables in schema bo to bo_consumer, bo_admin_api, bo_operator;

select throws_ok(
  format('select test.call_as(%L, %L)', role_name, statement), '42501', table_name || ' is append-only', role_name || ': ' || statement
)
from
  unnest(array['bo_owner', 'bo_consumer', 'bo_admin_api', 'bo_operator']) as role_name,
  unnest(array['bo.admin_audit_logs', 'bo.admin_audit_logs_2031_10', 'bo.admin_audit_logs_default', 'bo.audit_seals']) as table_name,
  unnest(array[
    'update ' || table_name || ' set ' || case table_name when 'bo.audit_seals' then 'reason' else 'user_agent' end || ' = null',
    'delete from ' || table_name, 'delete from ' || table_name || ' where false', 'truncate ' || table_name
  ]) as statement;
select is((select count(*) from bo.admin_audit_logs), 2::bigint, 'all rows are still there');
select lives_ok('delete from bo.admin_audit_logs', 'a superuser may: against him stands a checkpoint');

select * from finish();
rollback;
