begin;
select plan(5);

select row(
  test.apply_backfill(
    backfill_id, 3, ledger => array[test.ledger_event('tx-1'), test.ledger_event('tx-2', entry_type => 'RECEIVE')],
    orders => array[test.order_event()], letters => array[test.dead_letter()]
  )
)
from test.begin_backfill();
select is((select pairing_status from bo.payment_ledger_pairs), 'COMPLETE', 'pairs are made');
select is((select count(*) from bo.payment_orders), 1::bigint, 'orders are stored');
select is((select count(*) from bo.consumer_dlq_events), 1::bigint, 'dead letters are kept');
select is((select lines_applied from bo.backfill_progress), 3::bigint, 'and the position is noted');

select is(
  (test.apply_backfill(null, 3, ledger => array[test.ledger_event('tx-1')])).ledger_duplicate, 1::bigint,
  'what was applied is a duplicate, here of a stream, which has no position'
);

select * from finish();
rollback;
