begin;
select plan(2);

select test.beats(
  test.ledger_event(updated_at => '2026-02-05T01:00:01.000001Z', record_timestamp => '2026-02-05T01:00:00Z'),
  test.ledger_event(updated_at => '2026-02-05T01:00:01Z', record_timestamp => '2026-02-06T01:00:00Z'),
  'between equal versions the later updated_at wins, by a microsecond'
);
select test.beats(
  test.ledger_event('tx-2', version => null, updated_at => '2026-02-05T01:00:02Z', record_timestamp => '2026-02-05T01:00:00Z'),
  test.ledger_event('tx-2', version => null, updated_at => '2026-02-05T01:00:01Z', record_timestamp => '2026-02-06T01:00:00Z'),
  'without versions too'
);

select * from finish();
rollback;
