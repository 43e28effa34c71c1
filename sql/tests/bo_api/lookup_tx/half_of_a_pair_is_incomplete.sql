begin;
select plan(2);

select test.freeze_clock('2026-02-05T01:00:05Z');
select test.apply(
  array[test.ledger_event('tx-1', 'wallet-1'), test.ledger_event('tx-2', 'wallet-2', 'RECEIVE', related_id => 'po-2')],
  array[test.order_event(status => 'pending', merchant_name => null)]
);

select is(
  (test.lookup_tx('tx-1')).body,
  '{
    "tx_id": "tx-1", "event_time": "2026-02-05T01:00:00Z", "entry_type": "PAYMENT", "amount": "10000.00", "amount_signed": null,
    "status": "pending", "status_group": "IN_PROGRESS", "sender_wallet_id": "wallet-1", "receiver_wallet_id": null,
    "related": {"related_id": "po-1", "related_type": "PAYMENT_ORDER"}, "paired_tx_id": null, "paired_entry_type": null,
    "merchant_name": null, "pairing_status": "INCOMPLETE", "data_lag_sec": 0,
    "pairing": {"reason": "WAITING_FOR_RECEIVE", "verdict": "IN_FLIGHT", "age_sec": 5},
    "freshness": {"as_of": null, "ledger_lag_sec": null, "payment_order_lag_sec": null}
  }',
  'a PAYMENT without its RECEIVE: nobody has received'
);
select is(
  (test.lookup_tx('tx-2')).body,
  '{
    "tx_id": "tx-2", "event_time": "2026-02-05T01:00:00Z", "entry_type": "RECEIVE", "amount": "10000.00", "amount_signed": null,
    "status": null, "status_group": "UNKNOWN", "sender_wallet_id": null, "receiver_wallet_id": "wallet-2",
    "related": {"related_id": "po-2", "related_type": "PAYMENT_ORDER"}, "paired_tx_id": null, "paired_entry_type": null,
    "merchant_name": null, "pairing_status": "INCOMPLETE", "data_lag_sec": 0,
    "pairing": {"reason": "WAITING_FOR_PAYMENT", "verdict": "IN_FLIGHT", "age_sec": 5},
    "freshness": {"as_of": null, "ledger_lag_sec": null, "payment_order_lag_sec": null}
  }',
  'a RECEIVE without its PAYMENT and its order: nobody has paid, no status'
);

select * from finish();
rollback;
