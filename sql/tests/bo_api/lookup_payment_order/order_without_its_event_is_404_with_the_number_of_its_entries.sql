begin;
select plan(2);

select test.apply_ledger(
  test.ledger_event('tx-1'), test.ledger_event('tx-2', entry_type => 'RECEIVE', related_type => null),
  test.ledger_event('tx-3', related_type => 'TRANSFER')
);

select is(
  test.lookup_payment_order('po-1'),
  row(404, '{
    "type": "about:blank", "title": "Not Found", "status": 404,
    "detail": "No order event has this order_id; ledger entries of it: 2.", "ledger_entry_count": 2,
    "instance": "/admin/payment-orders/po-1", "correlation_id": "corr-1",
    "freshness": {"as_of": null, "ledger_lag_sec": null, "payment_order_lag_sec": null},
    "may_be_in_flight": true
  }'::jsonb),
  'its entries are counted, not shown'
);
select is((test.lookup_payment_order('po-9')).body -> 'ledger_entry_count', '0', 'none of an id that nothing has');

select * from finish();
rollback;
