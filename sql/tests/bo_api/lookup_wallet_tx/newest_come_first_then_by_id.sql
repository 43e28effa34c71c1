begin;
select plan(1);

select test.apply_ledger(
  test.ledger_event('tx-a', event_time => '2026-02-05T01:00:01Z'), test.ledger_event('tx-B', event_time => '2026-02-05T01:00:01Z'),
  test.ledger_event('tx-c', event_time => '2026-02-05T01:00:00.999999Z'), test.ledger_event('tx-d', event_time => '2026-02-05T01:00:02Z'),
  test.ledger_event('tx-e', 'wallet-2', event_time => '2026-02-05T01:00:01Z')
);

select is(test.wallet_tx_ids('wallet-1'), 'tx-d tx-B tx-a tx-c', 'equal times by code point, ascending');

select * from finish();
rollback;
