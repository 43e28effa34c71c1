begin;
select plan(3);

select test.apply_ledger(
  test.ledger_event('tx-1', 'wallet-1', related_id => 'po-1'), test.ledger_event('tx-2', 'wallet-2', 'RECEIVE', related_id => 'po-1'),
  test.ledger_event('tx-3', 'wallet-3', related_id => 'po-2'), test.ledger_event('tx-4', 'wallet-4', related_id => 'po-3'),
  test.ledger_event('tx-5', 'wallet-5', related_id => 'po-4')
);
insert into bo.payment_ledger_pairs (
  payment_order_id, payment_tx_id, payer_wallet_id, payment_event_time, payment_entry_count, receive_entry_count
)
values ('po-0', 'tx-0', 'wallet-0', now(), 1, 0), ('po-9', null, null, null, 0, 0);

select is(test.repair(), '{po-0,po-9}', 'rows without an entry are found, empty ones too');
select is(array[test.pair('po-0'), test.pair('po-9')], '{null,null}', 'and removed');
select test.pairs_are_right('as the ledger says');

select * from finish();
rollback;
