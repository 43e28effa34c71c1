begin;
select plan(3);

select test.upsert(test.order_event('po-1', updated_at => '2026-02-05T01:00:01Z', record_timestamp => null));
select test.upsert(test.order_event('po-2', updated_at => null, record_timestamp => null));

select is(
  (select record_timestamp from bo.payment_orders where order_id = 'po-1'), '2026-02-05T01:00:01Z', 'updated_at when it has one'
);
select is(
  (select record_timestamp from bo.payment_orders where order_id = 'po-2'), '2026-02-05T01:00:00Z', 'created_at when it has none'
);
select is(
  test.upsert(test.order_event('po-2', updated_at => null, record_timestamp => null)), 'duplicate',
  'so that it is a duplicate when it comes again'
);

select * from finish();
rollback;
