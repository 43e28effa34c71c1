begin;
select plan(3);

select test.beats(
  test.ledger_event(version => -1, updated_at => null, record_timestamp => '2026-02-05T01:00:00Z'),
  test.ledger_event(version => null, record_timestamp => '2026-02-06T01:00:00Z'),
  'a negative version wins over none'
);
select test.beats(
  test.ledger_event('tx-2', version => -9223372036854775808, updated_at => null),
  test.ledger_event('tx-2', version => null),
  'the least version wins over none'
);
select test.beats(
  test.ledger_event('tx-3', version => 9223372036854775807),
  test.ledger_event('tx-3', version => 9223372036854775806),
  'the greatest version wins over the one before it'
);

select * from finish();
rollback;
