begin;
select plan(1);

select test.apply_orders(test.order_event('po-1', null, null, 0.50, 'Cancelled ', '2026-02-05T01:00:00.25+09:00'));

select is(
  test.lookup_payment_order('po-1'),
  row(200, '{
    "order": {
      "order_id": "po-1", "user_id": null, "merchant_name": null, "amount": "0.50", "status": "Cancelled ",
      "status_group": "FAIL", "created_at": "2026-02-04T16:00:00.25Z"
    },
    "ledger_entries": [], "pairing_status": "UNKNOWN", "pairing": {"reason": "NO_ENTRIES", "verdict": null, "age_sec": null},
    "freshness": {"as_of": null, "ledger_lag_sec": null, "payment_order_lag_sec": null}
  }'::jsonb),
  'to the field; status and amount as sent'
);

select * from finish();
rollback;
