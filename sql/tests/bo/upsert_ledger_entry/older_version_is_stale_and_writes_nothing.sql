begin;
select plan(2);

select test.upsert(test.ledger_event(version => 2));
create temporary table before as select test.row_versions() as rows;

select is(test.upsert(test.ledger_event(wallet_id => 'wallet-9', version => 1)), 'stale', 'an older event is stale');
select is(test.row_versions(), before.rows, 'it leaves no new row version and no lock') from before;

select * from finish();
rollback;
