begin;
select plan(1);

select test.apply_ledger(test.ledger_event('tx-1', 'wallet-1'), test.ledger_event('tx-2', 'wallet-2'));

select results_eq(
  $$ select body ->> 'wallet_id', body ->> 'count'
     from test.call(
       'lookup_wallet_tx',
       test.lookup_request('wallet-2', max_entries => 20), test.lookup_request('wallet-3', max_entries => 20),
       test.lookup_request('wallet-1', max_entries => 20, to_time => '2020-01-01'),
       test.lookup_request('wallet-1', max_entries => 20)
     ) $$,
  $$ values ('wallet-2', '1'), ('wallet-3', '0'), ('wallet-1', '0'), ('wallet-1', '1') $$,
  'each within its own bounds'
);

select * from finish();
rollback;
