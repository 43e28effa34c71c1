begin;
select plan(1);

select test.freeze_clock('2026-02-05T01:00:05Z');
select test.apply(
  array[test.ledger_event('tx-1', related_type => 'TRANSFER'), test.ledger_event('tx-2', 'wallet-2', 'RECEIVE'), test.ledger_event('tx-3')],
  array[test.order_event('po-1')]
);

select is(
  (test.lookup_tx('tx-1')).body,
  '{
    "tx_id": "tx-1", "event_time": "2026-02-05T01:00:00Z", "entry_type": "PAYMENT", "amount": "10000.00", "amount_signed": null,
    "status": null, "status_group": "UNKNOWN", "sender_wallet_id": null, "receiver_wallet_id": null,
    "related": {"related_id": "po-1", "related_type": "TRANSFER"}, "paired_tx_id": null, "paired_entry_type": null,
    "merchant_name": null, "pairing_status": "UNKNOWN", "data_lag_sec": 0,
    "pairing": {"reason": "NOT_A_PAYMENT", "verdict": null, "age_sec": null},
    "freshness": {"as_of": null, "ledger_lag_sec": null, "payment_order_lag_sec": null}
  }',
  'it shows nothing of an order that has the same id'
);

select * from finish();
rollback;
