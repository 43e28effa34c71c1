begin;
select plan(1);

select test.apply(array[test.ledger_event('tx-1', entry_type => 'REFUND')], array[test.order_event()]);

select is(
  (test.lookup_payment_order('po-1')).body #>> '{pairing_status}'
  || ' ' || ((test.lookup_payment_order('po-1')).body #>> '{ledger_entries,0,pairing_status}'),
  'UNKNOWN UNKNOWN', 'a REFUND alone is shown and makes no pair'
);

select * from finish();
rollback;
