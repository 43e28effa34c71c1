begin;
select plan(2);

select test.upsert(test.ledger_event(amount_signed => -10000.00));
create temporary table before as select test.row_versions() as rows;

select is(test.upsert(test.ledger_event(amount_signed => -10000.00)), 'duplicate', 'the same record again is a duplicate');
select is(test.row_versions(), before.rows, 'it leaves no new row version and no lock') from before;

select * from finish();
rollback;
