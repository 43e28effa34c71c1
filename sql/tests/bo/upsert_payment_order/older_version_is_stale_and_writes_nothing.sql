begin;
select plan(2);

select test.upsert(test.order_event(version => 2));
create temporary table before as select test.row_versions() as rows;

select is(test.upsert(test.order_event(status => 'FAILED', version => 1)), 'stale', 'an older event is stale');
select is(test.row_versions(), before.rows, 'it leaves no new row version and no lock') from before;

select * from finish();
rollback;
