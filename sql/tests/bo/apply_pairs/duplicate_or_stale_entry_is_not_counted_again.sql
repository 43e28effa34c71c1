begin;
select plan(2);

select test.apply_ledger(test.ledger_event('tx-1', version => 2), test.ledger_event('tx-1', version => 2), test.ledger_event('tx-1'));
select test.apply_ledger(test.ledger_event('tx-1', version => 2), test.ledger_event('tx-1', version => 1, related_id => 'po-9'));

select is((select payment_entry_count from bo.payment_ledger_pairs), 1, 'one entry is one, however often it comes');
select test.pairs_are_right('and the stale one''s order has no pair');

select * from finish();
rollback;
