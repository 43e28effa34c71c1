begin;
select plan(2);

select test.freeze_clock('2031-10-15T12:00:00Z');
select test.audit_row(1001, '10', '2031-10-15T11:00:00Z');
select test.list_audit_logs();
select test.list_audit_logs('{"resource_id": "tx-1"}');
select results_eq(
  'select action::text, resource_type::text, resource_id, result::text, status_code, result_count::integer from bo.admin_audit_logs where audit_id <> 1001 order by audit_id',
  $$ values ('ADMIN_AUDIT_LOG_LOOKUP', 'AUDIT_LOG', '*', 'FOUND', 200, 1), ('ADMIN_AUDIT_LOG_LOOKUP', 'AUDIT_LOG', 'tx-1', 'FOUND', 200, 1) $$,
  'with what was asked for, and how much was shown'
);
select is(test.listed(), 'tx-1 * tx-1', 'and can be read itself');

select * from finish();
rollback;
