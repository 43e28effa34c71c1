begin;
select plan(2);

select cmp_ok(bo.clock(), '>', now(), 'it goes on within a transaction');

select test.freeze_clock('2031-10-15T12:00:00Z');
select is(bo.clock(), '2031-10-15T12:00:00Z', 'until a test stops it');

select * from finish();
rollback;
