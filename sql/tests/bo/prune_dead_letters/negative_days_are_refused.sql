begin;
select plan(1);

select throws_ok('select test.prune(-1)', '22023', null, 'what is not closed yet can''t be due');

select * from finish();
rollback;
