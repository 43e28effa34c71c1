begin;
select plan(6);

select test.apply_ledger(
  test.ledger_event('tx-1', related_id => 'po-a'), test.ledger_event('tx-2', related_id => 'po-B'),
  test.ledger_event('tx-3', related_id => 'po-a', entry_type => 'RECEIVE'), test.ledger_event('tx-4', related_id => 'po-10'),
  test.ledger_event('tx-5', related_id => null)
);
delete from bo.payment_ledger_pairs where payment_order_id = 'po-B';
insert into bo.payment_ledger_pairs (payment_order_id, payment_entry_count, receive_entry_count) values ('po-C', 0, 0);

select is(test.order_ids_after(null, 10), '{po-10,po-B,po-C,po-a}', 'each order of an entry or a pair once, by code point');
select is(test.order_ids_after(null, 2), '{po-10,po-B}', 'the first page');
select is(test.order_ids_after('po-B', 2), '{po-C,po-a}', 'the page after a key, without it');
select is(test.order_ids_after('po-Bx', 1), '{po-C}', 'after a key that is not there');
select is(test.order_ids_after('po-a', 2), null, 'null at the end');
select is(test.order_ids_after(null, 0), null, 'null for no page');

select * from finish();
rollback;
