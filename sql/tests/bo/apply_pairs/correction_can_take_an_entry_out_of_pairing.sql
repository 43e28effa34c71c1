begin;
select plan(7);

select test.apply_ledger(test.ledger_event('tx-2', entry_type => 'RECEIVE'), test.ledger_event('tx-1'));

select test.apply_ledger(test.ledger_event('tx-1', related_type => 'TRANSFER', version => 2));
select is(test.pair('po-1'), 'INCOMPLETE - tx-2', 'by another related type');
select test.apply_ledger(test.ledger_event('tx-1', version => 3));
select is(test.pair('po-1'), 'COMPLETE tx-1 tx-2', 'and bring it back');

select test.apply_ledger(test.ledger_event('tx-1', related_id => null, version => 4));
select is(test.pair('po-1'), 'INCOMPLETE - tx-2', 'by no related_id');
select test.apply_ledger(test.ledger_event('tx-1', related_type => null, version => 5));
select is(test.pair('po-1'), 'COMPLETE tx-1 tx-2', 'and bring it back');

select test.apply_ledger(test.ledger_event('tx-1', entry_type => 'REFUND', version => 6));
select is(test.pair('po-1'), 'INCOMPLETE - tx-2', 'by another entry type');
select test.apply_ledger(test.ledger_event('tx-1', version => 7));
select is(test.pair('po-1'), 'COMPLETE tx-1 tx-2', 'and bring it back');
select test.pairs_are_right('as the ledger says');

select * from finish();
rollback;
