begin;
select plan(4);

select is(
  (test.apply(ledger => array[
    test.ledger_event('tx-1', related_type => 'TRANSFER'), test.ledger_event('tx-2', entry_type => 'RECEIVE', related_type => 'payment_order'),
    test.ledger_event('tx-3', related_type => null), test.ledger_event('tx-4', related_type => 'TRANSFER', related_id => null),
    test.ledger_event('tx-5', entry_type => 'REFUND', related_type => 'TRANSFER'), test.ledger_event('tx-6')
  ])).pairing_skipped,
  2::bigint, 'inserted PAYMENT and RECEIVE entries that have a related_id of another type'
);
select is(
  (test.apply(ledger => array[test.ledger_event('tx-6', related_type => 'TRANSFER', version => 2)])).pairing_skipped,
  1::bigint, 'updated ones'
);
select is(
  (test.apply(ledger => array[test.ledger_event('tx-6', related_type => 'TRANSFER', version => 2)])).pairing_skipped,
  0::bigint, 'no duplicates'
);
select is(
  (test.apply(ledger => array[test.ledger_event('tx-6', related_type => 'VOUCHER', version => 1)])).pairing_skipped,
  0::bigint, 'no stale ones'
);

select * from finish();
rollback;
