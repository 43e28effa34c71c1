begin;
select plan(1);

select test.freeze_clock('2026-02-05T01:00:05Z');
select test.apply_ledger(test.ledger_event('tx-1', related_id => null));

select is(
  (test.lookup_tx('tx-1')).body,
  '{
    "tx_id": "tx-1", "event_time": "2026-02-05T01:00:00Z", "entry_type": "PAYMENT", "amount": "10000.00", "amount_signed": null,
    "status": null, "status_group": "UNKNOWN", "sender_wallet_id": null, "receiver_wallet_id": null, "related": null,
    "paired_tx_id": null, "paired_entry_type": null, "merchant_name": null, "pairing_status": "UNKNOWN", "data_lag_sec": 0,
    "pairing": {"reason": "NO_ORDER", "verdict": null, "age_sec": null},
    "freshness": {"as_of": null, "ledger_lag_sec": null, "payment_order_lag_sec": null}
  }',
  'related is null'
);

select * from finish();
rollback;
