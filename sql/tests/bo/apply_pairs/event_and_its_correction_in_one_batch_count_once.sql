begin;
select plan(2);

select test.apply_ledger(
  test.ledger_event('tx-1', related_id => 'po-1'), test.ledger_event('tx-1', related_id => 'po-2', version => 2)
);

select is(array[test.pair('po-1'), test.pair('po-2')], array[null, 'INCOMPLETE tx-1 -'], 'only the correction is paired');
select test.pairs_are_right('as the ledger says');

select * from finish();
rollback;
