begin;
select plan(2);

select test.upsert(test.ledger_event(version => 1));

select throws_ok(
  'select test.upsert(test.ledger_event(wallet_id => null, version => 2))', '23502', null, 'a newer event without wallet_id is refused'
);
select is((select wallet_id from bo.ledger_entries), 'wallet-1', 'the stored row stays');

select * from finish();
rollback;
