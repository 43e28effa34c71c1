begin;
select plan(4);

select test.apply_ledger(
  test.ledger_event('tx-1', related_id => 'po-1'), test.ledger_event('tx-2', related_id => 'po-2', entry_type => 'RECEIVE')
);

select test.apply_ledger(
  test.ledger_event('tx-1', related_id => 'po-2', version => 2), test.ledger_event('tx-3', related_id => 'po-1'),
  test.ledger_event('tx-4', related_id => 'po-2', event_time => '2026-02-05T00:00:00Z'), test.ledger_event('tx-5', related_id => 'po-3')
);
select is(test.pair('po-1'), 'INCOMPLETE tx-3 -', 'one leaves a pair that a new one enters');
select is(test.pair('po-2'), 'COMPLETE tx-4 tx-2', 'one enters a pair that a new, earlier one enters');
select is(test.pair('po-3'), 'INCOMPLETE tx-5 -', 'beside one that nothing is corrected in');
select test.pairs_are_right('as the ledger says');

select * from finish();
rollback;
