begin;
select plan(4);

select test.freeze_clock('2031-10-15T12:00:00Z');
select test.audit_row(1, '10');
select test.audit_row(2, '11');
select is(test.seal(), 2, 'they are sealed where they wait');

select is(test.create_audit_partitions(0), 1, 'then their month is made');
select is(array(select distinct tableoid::regclass::text from bo.admin_audit_logs), array['bo.admin_audit_logs_2031_10'], 'they move');
select is(test.verify(), '{}', 'they are what was sealed');

select * from finish();
rollback;
