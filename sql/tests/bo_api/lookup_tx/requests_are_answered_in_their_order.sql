begin;
select plan(3);

select test.apply_ledger(test.ledger_event('tx-1'), test.ledger_event('tx-2', entry_type => 'RECEIVE'));

select results_eq(
  $$ select status_code, body ->> 'tx_id', body ->> 'correlation_id'
     from test.call(
       'lookup_tx',
       test.lookup_request('tx-2', correlation_id => 'corr-1'), test.lookup_request('tx-9', correlation_id => 'corr-2'),
       test.lookup_request('tx-1', correlation_id => 'corr-3'), test.lookup_request('tx-2', correlation_id => 'corr-4')
     ) $$,
  $$ values (200, 'tx-2', null), (404, null, 'corr-2'), (200, 'tx-1', null), (200, 'tx-2', null) $$,
  'each with its own answer'
);
select results_eq(
  'select correlation_id, resource_id, result::text from bo.admin_audit_logs order by audit_id',
  $$ values ('corr-1', 'tx-2', 'FOUND'), ('corr-2', 'tx-9', 'NOT_FOUND'), ('corr-3', 'tx-1', 'FOUND'), ('corr-4', 'tx-2', 'FOUND') $$,
  'and its own audit row'
);
select is_empty($$ select test.call('lookup_tx', variadic '{}'::bo_api.lookup_request []) $$, 'no request, no answer');

select * from finish();
rollback;
