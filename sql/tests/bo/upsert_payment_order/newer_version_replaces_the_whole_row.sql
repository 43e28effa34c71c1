begin;
select plan(2);

select test.freeze_clock('2026-02-05T01:00:05Z');
select test.upsert(test.order_event());

select test.freeze_clock('2026-02-05T01:00:09Z');
select is(
  test.upsert(test.order_event(
    'po-1', null, null, 7, 'CANCELLED', '2026-02-05T02:00:00Z', null, 2, '2026-02-05T02:00:02Z'
  )),
  'updated', 'a newer event updates'
);
select results_eq(
  'select * from bo.payment_orders',
  $$ values (
    'po-1' collate "C", null::text collate "C", null::text, 7::numeric, 'CANCELLED', '2026-02-05T02:00:00Z'::timestamptz,
    null::timestamptz, 2::bigint, '2026-02-05T02:00:02Z'::timestamptz, '2026-02-05T01:00:09Z'::timestamptz
  ) $$,
  'every column is the winner''s: what it does not have is null'
);

select * from finish();
rollback;
