begin;
select plan(1);

select test.call('lookup_tx', test.lookup_request('tx-1', access_reason => 'ticket 4711'), test.lookup_request('tx-2'));
select results_eq(
  'select access_reason, xid from bo.admin_audit_logs order by audit_id',
  $$ values ('ticket 4711', pg_current_xact_id()), (null, pg_current_xact_id()) $$,
  'beside the transaction that wrote the row'
);

select * from finish();
rollback;
