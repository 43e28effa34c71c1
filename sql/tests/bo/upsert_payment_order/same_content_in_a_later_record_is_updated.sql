begin;
select plan(1);

select test.upsert(test.order_event(record_timestamp => '2026-02-05T01:00:02Z'));

select is(
  test.upsert(test.order_event(record_timestamp => '2026-02-05T01:00:03Z')),
  'updated', 'the same content in a later record is updated'
);

select * from finish();
rollback;
