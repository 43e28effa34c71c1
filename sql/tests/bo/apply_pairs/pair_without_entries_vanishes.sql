begin;
select plan(4);

select test.apply_ledger(test.ledger_event('tx-1'), test.ledger_event('tx-2', entry_type => 'RECEIVE'));

select test.apply_ledger(
  test.ledger_event('tx-1', related_id => 'po-2', version => 2), test.ledger_event('tx-2', entry_type => 'FEE', version => 2)
);
select is(test.pair('po-1'), null, 'when both entries are gone');
select is(test.pair('po-2'), 'INCOMPLETE tx-1 -', 'while the new one is there');

select test.apply_ledger(test.ledger_event('tx-2', entry_type => 'RECEIVE', version => 3));
select is(test.pair('po-1'), 'INCOMPLETE - tx-2', 'and it comes back with an entry');
select test.pairs_are_right('as the ledger says');

select * from finish();
rollback;
