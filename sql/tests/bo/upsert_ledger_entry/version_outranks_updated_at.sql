begin;
select plan(1);

select test.beats(
  test.ledger_event(version => 10, updated_at => '2026-02-05T01:00:00Z', record_timestamp => '2026-02-05T01:00:00Z'),
  test.ledger_event(version => 9, updated_at => '2026-02-06T01:00:00Z', record_timestamp => '2026-02-06T01:00:00Z'),
  'the greater version wins, whatever the times'
);

select * from finish();
rollback;
