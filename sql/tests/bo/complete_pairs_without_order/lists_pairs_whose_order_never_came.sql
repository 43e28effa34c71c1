begin;
select plan(1);

select test.apply_orders(test.order_event('po-1'));
select test.apply_ledger(
  test.ledger_event('tx-1', related_id => 'po-1'), test.ledger_event('tx-2', entry_type => 'RECEIVE', related_id => 'po-1'),
  test.ledger_event('tx-3', related_id => 'po-2'), test.ledger_event('tx-4', entry_type => 'RECEIVE', related_id => 'po-2'),
  test.ledger_event('tx-5', related_id => 'po-3')
);

select set_eq(
  'select payment_order_id, payment_tx_id, receive_tx_id from bo.complete_pairs_without_order', $$ values ('po-2', 'tx-3', 'tx-4') $$,
  'COMPLETE, and no order'
);

select * from finish();
rollback;
