begin;
select plan(3);

select test.freeze_clock('2021-10-15T12:00:00Z');
select test.create_audit_partitions(0);
select test.audit_row(1, requested_at => '2021-10-15T12:00:00Z');
select test.seal();
select test.freeze_clock('2022-12-01T00:00:00Z');
select is(test.detach(), '{admin_audit_logs_2021_10 detached}', 'detached');
select throws_ok(
  format('select test.call_as(%L, %L)', 'bo_owner', statement), '42501', 'bo.admin_audit_logs_2021_10 is append-only', statement
)
from unnest(array['delete from bo.admin_audit_logs_2021_10', 'truncate bo.admin_audit_logs_2021_10']) as statement;

select * from finish();
rollback;
