begin;
select plan(3);

select test.apply_ledger(
  test.ledger_event('tx-a', event_time => '2026-02-05T01:00:01Z'), test.ledger_event('tx-B', event_time => '2026-02-05T01:00:01Z'),
  test.ledger_event('tx-c', event_time => '2026-02-05T01:00:00.999999Z'), test.ledger_event('tx-d', event_time => '2026-02-05T01:00:02Z'),
  test.ledger_event('tx-e', 'wallet-2', event_time => '2026-02-05T01:00:01Z')
);

select is(test.wallet_tx_ids('wallet-1', max_entries => 2), 'tx-d tx-B', 'the newest are kept');
select is((test.lookup_wallet_tx('wallet-1', max_entries => 2)).body ->> 'count', '2', 'count is that of the list');
select is((test.lookup_wallet_tx('wallet-1', max_entries => 100)).body ->> 'count', '4', 'a larger limit shows all');

select * from finish();
rollback;
