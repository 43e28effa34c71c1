begin;
select plan(3);

select is(
  test.apply(), row(0, null, null, null, null, null, null, null, null, null, null, null, null, null, null)::bo.batch_result,
  'nulls: no counts of kinds that had no events'
);
select is(
  test.apply('{}', '{}', '{}', '{}'),
  row(0, null, null, null, null, null, null, null, null, null, null, null, null, null, null)::bo.batch_result,
  'empty arrays do the same'
);
select is(test.row_versions(), null, 'nothing is stored');

select * from finish();
rollback;
