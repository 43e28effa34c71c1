begin;
select plan(3);

select test.apply(progress => array[test.progress(10), test.progress(20, partition => 1), test.progress(5, topic => 'other')]);
select results_eq(
  'select group_id, topic, partition, next_offset from bo.consumer_progress order by topic, partition',
  $$ values ('group-1' collate "C", 'ledger.entry.upserted' collate "C", 0, 10::bigint),
            ('group-1', 'ledger.entry.upserted', 1, 20), ('group-1', 'other', 0, 5) $$,
  'each partition has its own'
);

select test.apply(progress => array[test.progress(12)]);
select is(
  (select next_offset from bo.consumer_progress where topic <> 'other' and partition = 0), 12::bigint, 'it goes forward'
);

select test.apply(progress => array[test.progress(3)]);
select is(
  (select next_offset from bo.consumer_progress where topic <> 'other' and partition = 0), 3::bigint,
  'and back: it records and never fences'
);

select * from finish();
rollback;
