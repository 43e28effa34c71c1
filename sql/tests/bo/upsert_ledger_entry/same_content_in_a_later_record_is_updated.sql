begin;
select plan(2);

select test.upsert(test.ledger_event(record_timestamp => '2026-02-05T01:00:02Z'));

select is(
  test.upsert(test.ledger_event(record_timestamp => '2026-02-05T01:00:03Z')),
  'updated', 'the same content in a later record is updated'
);
select is(
  (select record_timestamp from bo.ledger_entries), '2026-02-05T01:00:03Z', 'the later record is the one that is kept'
);

select * from finish();
rollback;
