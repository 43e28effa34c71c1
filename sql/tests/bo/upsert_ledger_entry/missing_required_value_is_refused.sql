begin;
select plan(7);

select throws_ok('select test.upsert(test.ledger_event(tx_id => null))', '23502', null, 'no tx_id');
select throws_ok('select test.upsert(test.ledger_event(wallet_id => null))', '23502', null, 'no wallet_id');
select throws_ok('select test.upsert(test.ledger_event(entry_type => null))', '23502', null, 'no entry_type');
select throws_ok('select test.upsert(test.ledger_event(amount => null))', '23502', null, 'no amount');
select throws_ok('select test.upsert(test.ledger_event(event_time => null))', '23502', null, 'no event_time');
select throws_ok('select test.upsert(test.ledger_event(created_at => null))', '23502', null, 'no created_at');
select is_empty('select from bo.ledger_entries', 'nothing is stored');

select * from finish();
rollback;
