begin;
select plan(2);

select test.apply_ledger(test.ledger_event('tx-1'), test.ledger_event('tx-2'));
select test.apply_ledger(test.ledger_event('tx-1', entry_type => 'RECEIVE', version => 2));

select is(test.pair('po-1'), 'COMPLETE tx-2 tx-1', 'it is in the other slot, and the runner-up in its own');
select test.pairs_are_right('as the ledger says');

select * from finish();
rollback;
