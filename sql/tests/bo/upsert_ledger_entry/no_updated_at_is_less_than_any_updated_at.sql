begin;
select plan(2);

select test.beats(
  test.ledger_event(updated_at => '0001-01-01T00:00:00Z', record_timestamp => '2026-02-05T01:00:00Z'),
  test.ledger_event(updated_at => null, record_timestamp => '2026-02-06T01:00:00Z'),
  'the first of all days wins over no updated_at'
);
select test.beats(
  test.ledger_event('tx-2', version => null, updated_at => '0001-01-01T00:00:00Z'),
  test.ledger_event('tx-2', version => null, updated_at => null),
  'without versions too'
);

select * from finish();
rollback;
