begin;
select plan(2);

select test.freeze_clock('2026-02-05T01:00:05Z');

select is(
  test.upsert(test.order_event(
    'po-1', 'user-1', 'MERCHANT-1', 10000.00, 'SETTLED', '2026-02-05T01:00:00.123456Z', '2026-02-05T01:00:01Z', 3,
    '2026-02-05T01:00:02Z'
  )),
  'inserted', 'the first event of an order_id is inserted'
);
select results_eq(
  'select * from bo.payment_orders',
  $$ values (
    'po-1' collate "C", 'user-1' collate "C", 'MERCHANT-1', 10000.00, 'SETTLED', '2026-02-05T01:00:00.123456Z'::timestamptz,
    '2026-02-05T01:00:01Z'::timestamptz, 3::bigint, '2026-02-05T01:00:02Z'::timestamptz, '2026-02-05T01:00:05Z'::timestamptz
  ) $$,
  'every column is stored, with the time it was applied'
);

select * from finish();
rollback;
