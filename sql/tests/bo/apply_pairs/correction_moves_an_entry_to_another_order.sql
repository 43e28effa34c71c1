begin;
select plan(4);

select test.apply_ledger(
  test.ledger_event('tx-1', 'wallet-1'), test.ledger_event('tx-2', 'wallet-2', 'RECEIVE'),
  test.ledger_event('tx-3', 'wallet-3', event_time => '2026-02-05T01:00:09Z')
);

select is(test.apply_ledger(test.ledger_event('tx-1', 'wallet-1', related_id => 'po-2', version => 2)), '1 updated', 'it is corrected');
select is(test.pair('po-1'), 'COMPLETE tx-3 tx-2', 'the runner-up takes the slot that it leaves');
select is(test.pair('po-2'), 'INCOMPLETE tx-1 -', 'it is in the pair of its new order');
select test.pairs_are_right('as the ledger says');

select * from finish();
rollback;
