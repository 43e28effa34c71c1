begin;
select plan(2);

select test.beats(
  test.ledger_event(wallet_id => 'wallet-1', record_timestamp => '2026-02-05T01:00:03Z'),
  test.ledger_event(wallet_id => 'wallet-9', record_timestamp => '2026-02-05T01:00:02Z'),
  'between equal versions and updated_at the later record wins, whatever the text'
);
select test.beats(
  test.ledger_event('tx-2', version => null, updated_at => null, record_timestamp => '2026-02-05T01:00:03Z'),
  test.ledger_event('tx-2', version => null, updated_at => null, wallet_id => 'wallet-9'),
  'without version and updated_at too'
);

select * from finish();
rollback;
