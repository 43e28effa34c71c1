begin;
select plan(3);

select test.upsert(test.ledger_event(event_time => '2026-02-05T01:00:00.5Z', record_timestamp => null));

select is(
  (select record_timestamp from bo.ledger_entries), '2026-02-05T01:00:00.5Z', 'its record timestamp is its event time'
);
select is(
  test.upsert(test.ledger_event(event_time => '2026-02-05T01:00:00.5Z', record_timestamp => null)), 'duplicate',
  'so that it is a duplicate when it comes again'
);
select is(
  test.apply_ledger(
    test.ledger_event(record_timestamp => '2026-02-05T01:00:02Z'), test.ledger_event('tx-2', record_timestamp => null)
  ),
  '1 inserted, 1 updated', 'beside records with a timestamp, which keep theirs'
);

select * from finish();
rollback;
