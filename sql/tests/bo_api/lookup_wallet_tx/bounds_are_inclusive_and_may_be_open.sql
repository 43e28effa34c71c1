begin;
select plan(6);

select test.apply_ledger(
  test.ledger_event('tx-a', event_time => '2026-02-05T01:00:01Z'), test.ledger_event('tx-B', event_time => '2026-02-05T01:00:01Z'),
  test.ledger_event('tx-c', event_time => '2026-02-05T01:00:00.999999Z'), test.ledger_event('tx-d', event_time => '2026-02-05T01:00:02Z'),
  test.ledger_event('tx-e', 'wallet-2', event_time => '2026-02-05T01:00:01Z')
);

select is(test.wallet_tx_ids('wallet-1', from_time => '2026-02-05T01:00:01Z'), 'tx-d tx-B tx-a', 'from a time on, it included');
select is(test.wallet_tx_ids('wallet-1', to_time => '2026-02-05T01:00:01Z'), 'tx-B tx-a tx-c', 'up to a time, it included');
select is(
  test.wallet_tx_ids('wallet-1', '2026-02-05T01:00:01Z', '2026-02-05T01:00:01Z'), 'tx-B tx-a', 'one moment'
);
select is(
  test.wallet_tx_ids('wallet-1', '2026-02-05T01:00:00.999998Z', '2026-02-05T01:00:00.999999Z'), 'tx-c', 'to the microsecond'
);
select is(
  test.wallet_tx_ids('wallet-1', '2026-02-05T01:00:02Z', '2026-02-05T01:00:01Z'), null, 'nothing between bounds in the wrong order'
);
select is((test.lookup_wallet_tx('wallet-1', '2027-01-01')).body ->> 'count', '0', 'nothing after the last');

select * from finish();
rollback;
