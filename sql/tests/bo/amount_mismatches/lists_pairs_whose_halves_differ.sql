begin;
select plan(1);

select test.apply_orders(test.order_event('po-1', amount => 7));
select test.apply_ledger(
  test.ledger_event('tx-1', related_id => 'po-1', amount => 5), test.ledger_event('tx-2', entry_type => 'RECEIVE', related_id => 'po-1', amount => 6),
  test.ledger_event('tx-3', related_id => 'po-2', amount => 1.0), test.ledger_event('tx-4', entry_type => 'RECEIVE', related_id => 'po-2', amount => 1.00),
  test.ledger_event('tx-5', related_id => 'po-3', amount => 3), test.ledger_event('tx-6', entry_type => 'RECEIVE', related_id => 'po-3', amount => -3),
  test.ledger_event('tx-7', related_id => 'po-4')
);

select set_eq(
  'select payment_order_id, payment_amount, receive_amount, order_amount, payment_tx_id, receive_tx_id from bo.amount_mismatches',
  $$ values ('po-1', 5::numeric, 6::numeric, 7::numeric, 'tx-1', 'tx-2'), ('po-3', 3, -3, null, 'tx-5', 'tx-6') $$,
  'another scale is no difference, and a half alone has none'
);

select * from finish();
rollback;
