begin;
select plan(1);

select test.freeze_clock('2031-10-31T23:59:59.999999Z');
select test.create_audit_partitions();

select is(test.create_audit_partitions(), 0, 'all months are there');

select * from finish();
rollback;
