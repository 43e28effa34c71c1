begin;
select plan(4);

select test.beats(
  test.order_event(user_id => 'user-a'), test.order_event(user_id => 'user-B'), 'the greater text wins, by code point'
);
select test.beats(
  test.order_event('po-2', merchant_name => 'B', status => 'A'), test.order_event('po-2', merchant_name => 'A', status => 'B'),
  'in the order of the columns'
);
select test.beats(
  test.order_event('po-3', amount => 1.00), test.order_event('po-3', amount => 1.0), 'between 1.00 and 1.0 too'
);
select test.beats(
  test.order_event('po-4', status => 'PAID'), test.order_event('po-4', status => 'CREATED'), 'and by status'
);

select * from finish();
rollback;
