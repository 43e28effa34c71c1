begin;
select plan(2);

select test.freeze_clock('2026-02-05T01:00:05.9Z');
select test.apply(
  array[
    test.ledger_event('tx-1', 'wallet-1', 'PAYMENT', 10000.00, -10000.00, event_time => '2026-02-05T01:00:00.123456Z'),
    test.ledger_event('tx-2', 'wallet-2', 'RECEIVE', 10000.00, null, event_time => '2026-02-05T01:00:01Z')
  ],
  array[test.order_event()]
);
select test.freeze_clock('2026-02-05T01:00:09Z');

create temporary table answer as select * from test.lookup_tx('tx-1');
select is(status_code, 200, 'it is found') from answer;
select is(
  body,
  '{
    "tx_id": "tx-1", "event_time": "2026-02-05T01:00:00.123456Z", "entry_type": "PAYMENT", "amount": "10000.00",
    "amount_signed": "-10000.00", "status": "SETTLED", "status_group": "SUCCESS", "sender_wallet_id": "wallet-1",
    "receiver_wallet_id": "wallet-2", "related": {"related_id": "po-1", "related_type": "PAYMENT_ORDER"},
    "paired_tx_id": "tx-2", "paired_entry_type": "RECEIVE", "merchant_name": "MERCHANT-1", "pairing_status": "COMPLETE",
    "data_lag_sec": 3, "pairing": {"reason": "MATCHED", "verdict": null, "age_sec": null},
    "freshness": {"as_of": null, "ledger_lag_sec": null, "payment_order_lag_sec": null}
  }',
  'to the field'
) from answer;

select * from finish();
rollback;
