begin;
select plan(3);

select test.apply_ledger(
  test.ledger_event('tx-1', 'wallet-1', related_id => 'po-1'), test.ledger_event('tx-2', 'wallet-2', 'RECEIVE', related_id => 'po-1'),
  test.ledger_event('tx-3', 'wallet-3', related_id => 'po-2'), test.ledger_event('tx-4', 'wallet-4', related_id => 'po-3')
);

select is(test.check_pairs(), '0 of 3', 'sound pairs');
update bo.payment_ledger_pairs set payer_wallet_id = 'wallet-9' where payment_order_id = 'po-1';
delete from bo.payment_ledger_pairs where payment_order_id = 'po-2';
insert into bo.payment_ledger_pairs (payment_order_id, payment_entry_count, receive_entry_count) values ('po-9', 0, 0);
select is(test.check_pairs(), '3 of 4', 'a wrong, a missing and a superfluous pair');
delete from bo.ledger_entries;
delete from bo.payment_ledger_pairs;
select is(test.check_pairs(), '0 of 0', 'nothing at all');

select * from finish();
rollback;
