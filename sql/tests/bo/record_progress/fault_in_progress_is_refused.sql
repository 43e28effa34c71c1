begin;
select plan(4);

select throws_ok('select test.apply(progress => array[test.progress()], group_id => null)', '23502', null, 'no group');
select throws_ok('select test.apply(progress => array[test.progress(null)])', '23502', null, 'no offset');
select throws_ok('select test.apply(progress => array[test.progress(-1)])', '23514', null, 'a negative offset');
select throws_ok(
  'select test.apply(progress => array[test.progress(1), test.progress(2)])', '21000', null, 'a partition twice'
);

select * from finish();
rollback;
