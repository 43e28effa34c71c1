begin;
select plan(2);

select test.freeze_clock('2026-02-05T01:00:05Z');
select test.upsert(test.ledger_event(amount_signed => -10000.00));

select test.freeze_clock('2026-02-05T01:00:09Z');
select is(
  test.upsert(test.ledger_event(
    'tx-1', 'wallet-2', 'RECEIVE', 7, null, null, null, '2026-02-05T02:00:00Z', '2026-02-05T02:00:01Z', null, 2,
    '2026-02-05T02:00:02Z'
  )),
  'updated', 'a newer event updates'
);
select results_eq(
  'select * from bo.ledger_entries',
  $$ values (
    'tx-1' collate "C", 'wallet-2' collate "C", 'RECEIVE', 7::numeric, null::numeric, null::text collate "C", null::text,
    '2026-02-05T02:00:00Z'::timestamptz, '2026-02-05T02:00:01Z'::timestamptz, null::timestamptz, 2::bigint,
    '2026-02-05T02:00:02Z'::timestamptz, '2026-02-05T01:00:09Z'::timestamptz
  ) $$,
  'every column is the winner''s: what it does not have is null'
);

select * from finish();
rollback;
