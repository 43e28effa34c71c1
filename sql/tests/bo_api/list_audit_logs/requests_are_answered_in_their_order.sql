begin;
select plan(1);

select test.freeze_clock('2031-10-15T12:00:00Z');
select test.audit_row(number, '10', '2031-10-15T11:00:00Z', 'tx-' || number) from generate_series(1, 3) as number;
select results_eq(
  $$ select status_code, body #>> '{entries,0,resource_id}' from test.call(
       'list_audit_logs',
       test.lookup_request(null, max_entries => 20, filters => '{"resource_id": "tx-3"}'),
       test.lookup_request(null, max_entries => 20, cursor => 'x'),
       test.lookup_request(null, max_entries => 20, filters => '{"resource_id": "tx-1"}')
     ) $$,
  $$ values (200, 'tx-3'), (400, null), (200, 'tx-1') $$,
  'each has its own'
);

select * from finish();
rollback;
