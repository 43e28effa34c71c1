begin;
select plan(1);

select test.freeze_clock('2026-02-05T01:10:00Z');
select test.apply(
  array[
    test.ledger_event('tx-1', 'wallet-1', 'PAYMENT', related_id => 'po-b', event_time => '2026-02-05T01:00:00Z'),
    test.ledger_event('tx-2', 'wallet-2', 'RECEIVE', related_id => 'po-a', event_time => '2026-02-05T01:00:00Z'),
    test.ledger_event('tx-3', 'wallet-1', 'PAYMENT', related_id => 'po-c', event_time => '2026-02-05T00:59:00Z'),
    test.ledger_event('tx-4', 'wallet-1', 'PAYMENT', related_id => 'po-d', event_time => '2026-02-05T01:09:00Z'),
    test.ledger_event('tx-5', 'wallet-1', 'PAYMENT', related_id => 'po-e', event_time => '2026-02-05T00:00:00Z'),
    test.ledger_event('tx-6', 'wallet-2', 'RECEIVE', related_id => 'po-e', event_time => '2026-02-05T00:00:00Z')
  ]
);

select is(
  (test.call('list_pairs', test.lookup_request('', max_entries => 1))).body -> 'pairs',
  '[{
    "payment_order_id": "po-c", "payment_tx_id": "tx-3", "receive_tx_id": null, "payer_wallet_id": "wallet-1",
    "payee_wallet_id": null, "pairing_status": "INCOMPLETE", "waiting_since": "2026-02-05T00:59:00Z",
    "pairing": {"reason": "WAITING_FOR_RECEIVE", "verdict": "IN_FLIGHT", "age_sec": 660}
  }]', 'to the field'
);

select * from finish();
rollback;
