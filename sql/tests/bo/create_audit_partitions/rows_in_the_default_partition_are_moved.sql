begin;
select plan(5);

select test.freeze_clock('2031-08-20T12:00:00Z');
select test.lookup_tx('tx-1');
select test.freeze_clock('2031-10-31T23:59:59Z');
select test.lookup_tx('tx-2');
select test.lookup_tx('tx-3');
create temporary table before as select * from bo.admin_audit_logs;

select test.freeze_clock('2031-11-02T00:00:00Z');
select is(test.create_audit_partitions(0), 4, 'months from the oldest row on are made, those without a row too');
select results_eq(
  'select tableoid::regclass::text, resource_id from bo.admin_audit_logs order by audit_id',
  $$ values ('bo.admin_audit_logs_2031_08', 'tx-1'), ('bo.admin_audit_logs_2031_10', 'tx-2'), ('bo.admin_audit_logs_2031_10', 'tx-3') $$,
  'each row is in its month'
);
select is_empty('select from bo.admin_audit_logs_default', 'none is left');
select results_eq('select * from bo.admin_audit_logs order by audit_id', 'select * from before order by audit_id', 'no row is changed');
select is(test.create_audit_partitions(0), 0, 'a second call makes nothing');

select * from finish();
rollback;
