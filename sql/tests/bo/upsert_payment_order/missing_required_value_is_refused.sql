begin;
select plan(6);

select test.upsert(test.order_event('po-9'));

select throws_ok('select test.upsert(test.order_event(order_id => null))', '23502', null, 'no order_id');
select throws_ok('select test.upsert(test.order_event(amount => null))', '23502', null, 'no amount');
select throws_ok('select test.upsert(test.order_event(status => null))', '23502', null, 'no status');
select throws_ok('select test.upsert(test.order_event(created_at => null))', '23502', null, 'no created_at');
select throws_ok(
  $$ select test.upsert(test.order_event('po-9', status => null, version => 2)) $$, '23502', null, 'no status in an update'
);
select is((select count(*) from bo.payment_orders), 1::bigint, 'nothing is stored');

select * from finish();
rollback;
