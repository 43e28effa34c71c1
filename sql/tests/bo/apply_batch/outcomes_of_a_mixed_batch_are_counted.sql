begin;
select plan(3);

select test.apply(
  array[test.ledger_event('tx-same'), test.ledger_event('tx-old', version => 5), test.ledger_event('tx-new')],
  array[test.order_event('po-same'), test.order_event('po-old', version => 5), test.order_event('po-new')]
);

select is(
  test.apply_ledger(
    test.ledger_event('tx-same'), test.ledger_event('tx-old', version => 4), test.ledger_event('tx-new', version => 2),
    test.ledger_event('tx-new', version => 3), test.ledger_event('tx-new', version => 3), test.ledger_event('tx-first'),
    test.ledger_event('tx-first', version => 0), test.ledger_event('tx-second')
  ),
  '2 inserted, 1 updated, 2 duplicate, 3 stale', 'every ledger event has one outcome'
);
select is(
  test.apply_orders(
    test.order_event('po-same'), test.order_event('po-old', version => 4), test.order_event('po-new', version => 2),
    test.order_event('po-new', version => 3), test.order_event('po-new', version => 3), test.order_event('po-first'),
    test.order_event('po-first', version => 0), test.order_event('po-second')
  ),
  '2 inserted, 1 updated, 2 duplicate, 3 stale', 'every order event has one outcome'
);
select is(
  (select array_agg(source_version order by tx_id) from bo.ledger_entries), '{1,3,5,1,1}', 'the greatest of each key is stored'
);

select * from finish();
rollback;
