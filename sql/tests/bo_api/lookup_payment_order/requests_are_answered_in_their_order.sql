begin;
select plan(1);

select test.apply_orders(test.order_event('po-1'), test.order_event('po-2'));

select results_eq(
  $$ select status_code, body #>> '{order,order_id}'
     from test.call(
       'lookup_payment_order',
       test.lookup_request('po-2'), test.lookup_request('po-9'), test.lookup_request('po-1')
     ) $$,
  $$ values (200, 'po-2'), (404, null), (200, 'po-1') $$,
  'each with its own answer'
);

select * from finish();
rollback;
