begin;
select plan(2);

select test.apply_ledger(test.ledger_event('tx-1'), test.ledger_event('tx-2', entry_type => 'RECEIVE'));
create temporary table before as select * from bo.payment_ledger_pairs;

select test.apply_ledger(test.ledger_event('tx-1', amount_signed => -1, version => 2));
select set_eq('select * from bo.payment_ledger_pairs', 'select * from before', 'another signed amount changes no pair');
select test.pairs_are_right('as the ledger says');

select * from finish();
rollback;
