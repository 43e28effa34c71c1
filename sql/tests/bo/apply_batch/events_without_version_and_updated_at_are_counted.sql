begin;
select plan(2);

select is(
  (test.apply(ledger => array[
    test.ledger_event('tx-1', version => null, updated_at => null), test.ledger_event('tx-1', version => null, updated_at => null),
    test.ledger_event('tx-2', version => null), test.ledger_event('tx-3', updated_at => null)
  ])).ledger_version_missing,
  2::bigint, 'ledger events that have neither, duplicates included'
);
select is(
  (test.apply(orders => array[
    test.order_event('po-1', version => null, updated_at => null), test.order_event('po-2', version => null),
    test.order_event('po-3', updated_at => null)
  ])).orders_version_missing,
  1::bigint, 'order events that have neither'
);

select * from finish();
rollback;
