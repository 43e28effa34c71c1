begin;
select plan(1);

select test.freeze_clock('2026-02-05T01:00:05Z');
select test.apply(
  array[test.ledger_event('tx-1', entry_type => 'REFUND'), test.ledger_event('tx-2', 'wallet-2', 'RECEIVE'), test.ledger_event('tx-3')],
  array[test.order_event('po-1')]
);

select is(
  (test.lookup_tx('tx-1')).body,
  '{
    "tx_id": "tx-1", "event_time": "2026-02-05T01:00:00Z", "entry_type": "REFUND", "amount": "10000.00", "amount_signed": null,
    "status": "SETTLED", "status_group": "SUCCESS", "sender_wallet_id": null, "receiver_wallet_id": null,
    "related": {"related_id": "po-1", "related_type": "PAYMENT_ORDER"}, "paired_tx_id": null, "paired_entry_type": null,
    "merchant_name": "MERCHANT-1", "pairing_status": "UNKNOWN", "data_lag_sec": 0,
    "pairing": {"reason": "NOT_A_PAYMENT", "verdict": null, "age_sec": null},
    "freshness": {"as_of": null, "ledger_lag_sec": null, "payment_order_lag_sec": null}
  }',
  'a REFUND has the status and merchant of its order, and no pair'
);

select * from finish();
rollback;
