begin;
select plan(3);

select test.freeze_clock('2031-10-15T12:00:00Z');
select test.audit_row(1, requested_at => '2031-11-15T12:00:00Z');
select is(test.create_audit_partitions(0), 1, 'a partition is made');
select throws_ok(
  format('select test.call_as(%L, %L)', 'bo_owner', 'delete from ' || table_name), '42501', table_name || ' is append-only', table_name
)
from unnest(array['bo.admin_audit_logs_default', 'bo.admin_audit_logs_2031_10']) as table_name;

select * from finish();
rollback;
