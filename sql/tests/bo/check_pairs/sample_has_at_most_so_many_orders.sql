begin;
select plan(4);

-- Pages that other tests have left empty would be sampled too.
truncate bo.ledger_entries, bo.payment_ledger_pairs;
select test.apply_ledger(
  test.ledger_event('tx-1', 'wallet-1', related_id => 'po-1'), test.ledger_event('tx-2', 'wallet-2', 'RECEIVE', related_id => 'po-1'),
  test.ledger_event('tx-3', 'wallet-3', related_id => 'po-2'), test.ledger_event('tx-4', 'wallet-4', related_id => 'po-3')
);
update bo.payment_ledger_pairs set payer_wallet_id = 'wallet-9' where payment_order_id = 'po-1';
delete from bo.payment_ledger_pairs where payment_order_id = 'po-2';
insert into bo.payment_ledger_pairs (payment_order_id, payment_entry_count, receive_entry_count) values ('po-9', 0, 0);

select is(test.check_pairs(100), '3 of 4', 'a small table is checked whole, ledger and pairs');
select alike(test.check_pairs(2), '% of 2', 'no more than asked for');
select is(test.check_pairs(0), '0 of 0', 'none asked for');
select is(test.repair(), '{po-1,po-2,po-9}', 'nothing was repaired by that');

select * from finish();
rollback;
