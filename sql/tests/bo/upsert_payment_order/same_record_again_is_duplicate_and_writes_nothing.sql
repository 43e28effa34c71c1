begin;
select plan(3);

select test.upsert(test.order_event());
select test.upsert(test.order_event('po-2', null, null, updated_at => null, version => null));
create temporary table before as select test.row_versions() as rows;

select is(test.upsert(test.order_event()), 'duplicate', 'the same record again is a duplicate');
select is(
  test.upsert(test.order_event('po-2', null, null, updated_at => null, version => null)), 'duplicate',
  'nulls are equal to nulls'
);
select is(test.row_versions(), before.rows, 'they leave no new row version and no lock') from before;

select * from finish();
rollback;
