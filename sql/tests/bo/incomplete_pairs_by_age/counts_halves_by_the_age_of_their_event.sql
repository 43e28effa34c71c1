begin;
select plan(1);

select test.freeze_clock('2026-02-05T10:00:00Z');
select test.apply_ledger(
  test.ledger_event('tx-0', related_id => 'po-0', event_time => '2026-02-05T10:01:00Z'),
  test.ledger_event('tx-1', related_id => 'po-1', event_time => '2026-02-05T09:59:00.000001Z'),
  test.ledger_event('tx-2', related_id => 'po-2', event_time => '2026-02-05T09:59:00Z'),
  test.ledger_event('tx-3', entry_type => 'RECEIVE', related_id => 'po-3', event_time => '2026-02-05T09:58:00Z'),
  test.ledger_event('tx-4', related_id => 'po-4', event_time => '2026-01-01T00:00:00Z'),
  test.ledger_event('tx-5', related_id => 'po-5', event_time => '2026-01-01T00:00:00Z'),
  test.ledger_event('tx-6', entry_type => 'RECEIVE', related_id => 'po-5', event_time => '2026-01-01T00:00:00Z')
);

select results_eq(
  'select age, pairs, without_payment, without_receive, oldest_event_time from bo.incomplete_pairs_by_age',
  $$ values ('under 1 minute', 2::bigint, 0::bigint, 2::bigint, timestamptz '2026-02-05T09:59:00.000001Z'),
            ('under 10 minutes', 2, 1, 1, '2026-02-05T09:58:00Z'), ('under 1 hour', 0, 0, 0, null), ('under 1 day', 0, 0, 0, null),
            ('under 7 days', 0, 0, 0, null), ('7 days or more', 1, 0, 1, '2026-01-01T00:00:00Z') $$,
  'every bucket has a row; a bound belongs to the older one; a future event is young; pairs that are complete do not count'
);

select * from finish();
rollback;
