begin;
select plan(6);

create function pg_temp.pairing(tx_id text) returns text language sql as $$
  select concat_ws(' ', body ->> 'pairing_status', body -> 'related' ->> 'related_type') from test.lookup_tx(tx_id);
$$;

select test.apply_ledger(test.ledger_event('tx-1', related_type => null));
select is(pg_temp.pairing('tx-1'), 'UNKNOWN UNKNOWN', 'alone it is unknown');
select test.apply_ledger(test.ledger_event('tx-2', related_type => null));
select is(pg_temp.pairing('tx-1'), 'UNKNOWN UNKNOWN', 'a second PAYMENT is no counterpart');

select test.apply_orders(test.order_event());
select is(pg_temp.pairing('tx-1'), 'INCOMPLETE PAYMENT_ORDER', 'with the order it is an incomplete payment of it');

select test.apply_ledger(
  test.ledger_event('tx-3', related_type => null, related_id => 'po-2'),
  test.ledger_event('tx-4', related_type => null, related_id => 'po-2', entry_type => 'RECEIVE')
);
select is(pg_temp.pairing('tx-3'), 'COMPLETE UNKNOWN', 'with its counterpart it is complete, though the order is not known');

select test.apply_ledger(test.ledger_event('tx-5', related_type => null, related_id => 'po-3', entry_type => 'REFUND'));
select is(pg_temp.pairing('tx-5'), 'UNKNOWN UNKNOWN', 'another entry type is unknown');
select test.apply_orders(test.order_event('po-3'));
select is(pg_temp.pairing('tx-5'), 'UNKNOWN PAYMENT_ORDER', 'with the order it belongs to it, without a pair');

select * from finish();
rollback;
