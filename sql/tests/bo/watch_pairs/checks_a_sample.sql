begin;
select plan(2);

-- Pages that other tests have left empty would be sampled too.
truncate bo.ledger_entries, bo.payment_ledger_pairs;
select test.apply_ledger(
  test.ledger_event('tx-1', 'wallet-1', related_id => 'po-1'), test.ledger_event('tx-2', 'wallet-2', 'RECEIVE', related_id => 'po-1'),
  test.ledger_event('tx-3', 'wallet-3', related_id => 'po-2'), test.ledger_event('tx-4', 'wallet-4', related_id => 'po-3')
);

select is(test.watch_pairs(100), '0 of 3', 'sound pairs');
delete from bo.payment_ledger_pairs where payment_order_id = 'po-2';
select is(test.watch_pairs(100), '1 of 3', 'the same session may ask again, and learns of the missing one');

select * from finish();
rollback;
