begin;
select plan(6);

select test.apply(
  array[
    test.ledger_event('tx-1', 'wallet-1', 'PAYMENT', 10.00, related_id => 'po-1'),
    test.ledger_event('tx-2', 'wallet-2', 'RECEIVE', 10.0, related_id => 'po-1'),
    test.ledger_event('tx-3', 'wallet-1', 'PAYMENT', 10, related_id => 'po-2'),
    test.ledger_event('tx-4', 'wallet-2', 'RECEIVE', 11, related_id => 'po-2'),
    test.ledger_event('tx-5', 'wallet-1', 'PAYMENT', 10, related_id => 'po-3'),
    test.ledger_event('tx-6', 'wallet-2', 'RECEIVE', 10, related_id => 'po-3'),
    test.ledger_event('tx-7', 'wallet-3', 'RECEIVE', 10, related_id => 'po-3'),
    test.ledger_event('tx-8', 'wallet-1', 'PAYMENT', 10, related_id => 'po-4'),
    test.ledger_event('tx-9', 'wallet-1', 'RECEIVE', 10, related_id => 'po-5')
  ]
);

select is((test.lookup_tx(expected.tx_id)).body #>> '{pairing,reason}', expected.reason, expected.reason)
from (
  values
  ('tx-1', 'MATCHED'), ('tx-4', 'AMOUNT_MISMATCH'), ('tx-5', 'EXTRA_ENTRIES'), ('tx-7', 'EXTRA_ENTRIES'),
  ('tx-8', 'WAITING_FOR_RECEIVE'), ('tx-9', 'WAITING_FOR_PAYMENT')
) as expected (tx_id, reason);

select * from finish();
rollback;
