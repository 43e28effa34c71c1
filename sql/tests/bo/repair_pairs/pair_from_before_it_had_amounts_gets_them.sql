begin;
select plan(3);

select test.apply_ledger(test.ledger_event('tx-1', amount => 5), test.ledger_event('tx-2', entry_type => 'RECEIVE', amount => 6));
update bo.payment_ledger_pairs set payment_amount = null, receive_amount = null;
select is(test.check_pairs(), '1 of 1', 'it shows as drift');

select is(test.repair(), array['po-1'], 'it is repaired');
select test.pairs_are_right('to what the ledger says');

select * from finish();
rollback;
