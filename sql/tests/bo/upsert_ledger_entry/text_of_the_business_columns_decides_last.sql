begin;
select plan(5);

select test.beats(
  test.ledger_event(wallet_id => 'wallet-b'), test.ledger_event(wallet_id => 'wallet-a'), 'the greater text wins'
);
select test.beats(
  test.ledger_event('tx-2', wallet_id => 'wallet-a'), test.ledger_event('tx-2', wallet_id => 'wallet-B'),
  'by code point: a small letter is greater than a capital'
);
select test.beats(
  test.ledger_event('tx-3', wallet_id => 'wallet-b', amount => 1), test.ledger_event('tx-3', wallet_id => 'wallet-a', amount => 2),
  'in the order of the columns'
);
select test.beats(
  test.ledger_event('tx-4', amount => 9), test.ledger_event('tx-4', amount => 10), 'as text, not as numbers'
);
select test.beats(
  test.ledger_event('tx-5', created_at => '2026-02-05T01:00:00.5Z'), test.ledger_event('tx-5', created_at => '2026-02-05T01:00:00Z'),
  'down to the last column'
);

select * from finish();
rollback;
