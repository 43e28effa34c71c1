begin;
select plan(2);

select test.apply_ledger(test.ledger_event('tx-1'));

select is(
  test.lookup_tx('TX-1'),
  row(404, '{
    "type": "about:blank", "title": "Not Found", "status": 404, "detail": "No ledger entry has this tx_id.",
    "instance": "/admin/tx/TX-1", "correlation_id": "corr-1",
    "freshness": {"as_of": null, "ledger_lag_sec": null, "payment_order_lag_sec": null},
    "may_be_in_flight": true
  }'::jsonb),
  'a problem as of RFC 9457; ids are case-sensitive'
);
select is((test.lookup_tx('')).status_code, 404, 'no id');

select * from finish();
rollback;
