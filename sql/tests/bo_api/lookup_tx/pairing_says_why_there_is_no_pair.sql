begin;
select plan(4);

select test.apply(
  array[
    test.ledger_event('tx-1', related_id => null),
    test.ledger_event('tx-2', related_id => 'po-1', related_type => 'TRANSFER'),
    test.ledger_event('tx-3', entry_type => 'FEE', related_id => 'po-2'),
    test.ledger_event('tx-4', related_id => 'po-3', related_type => null)
  ]
);

select is((test.lookup_tx(expected.tx_id)).body #>> '{pairing,reason}', expected.reason, expected.reason)
from (
  values ('tx-1', 'NO_ORDER'), ('tx-2', 'NOT_A_PAYMENT'), ('tx-3', 'NOT_A_PAYMENT'), ('tx-4', 'ORDER_UNKNOWN')
) as expected (tx_id, reason);

select * from finish();
rollback;
