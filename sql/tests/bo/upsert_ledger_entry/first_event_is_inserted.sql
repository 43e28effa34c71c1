begin;
select plan(2);

select test.freeze_clock('2026-02-05T01:00:05Z');

select is(
  test.upsert(test.ledger_event(
    'tx-1', 'wallet-1', 'PAYMENT', 10000.00, -10000.00, 'po-1', 'PAYMENT_ORDER', '2026-02-05T01:00:00.123456Z',
    '2026-02-05T00:59:59Z', '2026-02-05T01:00:01Z', 3, '2026-02-05T01:00:02Z'
  )),
  'inserted', 'the first event of a tx_id is inserted'
);
select results_eq(
  'select * from bo.ledger_entries',
  $$ values (
    'tx-1' collate "C", 'wallet-1' collate "C", 'PAYMENT', 10000.00, -10000.00, 'po-1' collate "C", 'PAYMENT_ORDER',
    '2026-02-05T01:00:00.123456Z'::timestamptz, '2026-02-05T00:59:59Z'::timestamptz, '2026-02-05T01:00:01Z'::timestamptz, 3::bigint,
    '2026-02-05T01:00:02Z'::timestamptz, '2026-02-05T01:00:05Z'::timestamptz
  ) $$,
  'every column is stored, with the time it was applied'
);

select * from finish();
rollback;
