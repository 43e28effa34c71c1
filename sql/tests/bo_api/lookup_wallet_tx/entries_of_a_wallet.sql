begin;
select plan(1);

select test.freeze_clock('2026-02-05T01:00:05.9Z');
select test.apply(
  array[
    test.ledger_event('tx-1', 'wallet-1', 'PAYMENT', 10000.00, -10000.00, event_time => '2026-02-05T01:00:00.123456Z'),
    test.ledger_event('tx-2', 'wallet-2', 'RECEIVE', 10000.00, null, event_time => '2026-02-05T01:00:01Z')
  ],
  array[test.order_event()]
);

select is(
  test.lookup_wallet_tx('wallet-1'),
  row(200, '{
    "wallet_id": "wallet-1",
    "entries": [
      {
        "tx_id": "tx-1", "event_time": "2026-02-05T01:00:00.123456Z", "entry_type": "PAYMENT", "amount": "10000.00",
        "amount_signed": "-10000.00", "wallet_id": "wallet-1", "status": "SETTLED", "status_group": "SUCCESS",
        "paired_tx_id": "tx-2", "pairing_status": "COMPLETE", "data_lag_sec": 0,
        "pairing": {"reason": "MATCHED", "verdict": null, "age_sec": null}
      }
    ],
    "count": 1, "next_cursor": null,
    "freshness": {"as_of": null, "ledger_lag_sec": null, "payment_order_lag_sec": null}
  }'::jsonb),
  'to the field; other wallets'' entries are not there'
);

select * from finish();
rollback;
