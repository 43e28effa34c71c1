begin;
select plan(2);

select test.freeze_clock('2031-10-31T23:59:59.999999Z');
select test.create_audit_partitions(1);
select test.lookup_tx('tx-1');
select test.freeze_clock('2031-11-01T00:00:00Z');
select test.lookup_tx('tx-2');

select results_eq(
  'select tableoid::regclass::text, resource_id from bo.admin_audit_logs order by audit_id',
  $$ values ('bo.admin_audit_logs_2031_10', 'tx-1'), ('bo.admin_audit_logs_2031_11', 'tx-2') $$,
  'the last moment of October and the first of November'
);
select is_empty('select from bo.admin_audit_logs_default', 'none is in the DEFAULT partition');

select * from finish();
rollback;
