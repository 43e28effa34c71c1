begin;
select plan(4);

select test.apply_ledger(test.ledger_event('tx-b', 'wallet-b', event_time => '2026-02-05T01:00:02Z'));

select test.apply_ledger(test.ledger_event('tx-a', 'wallet-a', event_time => '2026-02-05T01:00:03Z'));
select is(test.pair('po-1'), 'INCOMPLETE tx-b -', 'a later entry does not take the slot, whatever its id');

select test.apply_ledger(test.ledger_event('tx-c', 'wallet-c', event_time => '2026-02-05T01:00:01.999999Z'));
select is(test.pair('po-1'), 'INCOMPLETE tx-c -', 'an earlier one does, by a microsecond');

select test.apply_ledger(
  test.ledger_event('tx-d', 'wallet-d', 'RECEIVE', event_time => '2026-02-05T01:00:05Z'),
  test.ledger_event('tx-e', 'wallet-e', 'RECEIVE', event_time => '2026-02-05T01:00:04Z'),
  test.ledger_event('tx-f', 'wallet-f', 'RECEIVE', event_time => '2026-02-05T01:00:06Z')
);
select is(test.pair('po-1'), 'COMPLETE tx-c tx-e', 'within one batch too');
select test.pairs_are_right('wallets and counts are those of the slots');

select * from finish();
rollback;
