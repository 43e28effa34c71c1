begin;
select plan(6);

select test.freeze_clock('2026-02-05T01:00:10Z');

select is(
  test.apply(
    ledger => array[test.ledger_event('tx-1'), test.ledger_event('tx-2', 'wallet-2', 'RECEIVE'), test.ledger_event('tx-3', related_id => 'po-2')],
    orders => array[test.order_event('po-1'), test.order_event('po-2')],
    letters => array[test.dead_letter()],
    progress => array[test.progress(10)]
  ),
  row(1, 3, 0, 0, 0, 0, 2, 0, 0, 0, 0, 2, 1, 10, 0)::bo.batch_result,
  'the result tells what was done: 1 letter, 3 entries, 2 orders, 2 pairs, 1 of them incomplete and 10 s old'
);
select is((select count(*) from bo.ledger_entries), 3::bigint, 'the entries are there');
select is((select count(*) from bo.payment_orders), 2::bigint, 'the orders are there');
select is((select count(*) from bo.consumer_dlq_events), 1::bigint, 'the dead letter is there');
select is((select next_offset from bo.consumer_progress), 10::bigint, 'the progress is there');
select is(array[test.pair('po-1'), test.pair('po-2')], array['COMPLETE tx-1 tx-2', 'INCOMPLETE tx-3 -'], 'the pairs are there');

select * from finish();
rollback;
