begin;
select plan(2);

select test.apply(progress => array[test.progress(10), test.progress(20, partition => 1)]);
select test.apply(progress => array[test.progress(99)], group_id => 'group-2');
create temporary table seen (topic text, partition integer, next_offset bigint);
grant insert on seen to bo_consumer;

select test.call_as('bo_consumer', $$ insert into seen select * from bo.read_progress('group-1') $$);
select set_eq(
  'select * from seen',
  $$ values ('ledger.entry.upserted', 0, 10::bigint), ('ledger.entry.upserted', 1, 20) $$, 'its own partitions'
);

truncate seen;
select test.call_as('bo_consumer', $$ insert into seen select * from bo.read_progress('group-3') $$);
select is_empty('select * from seen', 'none for a group that has not applied anything');

select * from finish();
rollback;
