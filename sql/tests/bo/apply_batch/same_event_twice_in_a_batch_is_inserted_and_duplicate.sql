begin;
select plan(2);

select is(
  test.apply_ledger(test.ledger_event(), test.ledger_event(), test.ledger_event()), '1 inserted, 2 duplicate', 'ledger events'
);
select is(
  test.apply_orders(test.order_event(), test.order_event()), '1 inserted, 1 duplicate', 'order events'
);

select * from finish();
rollback;
