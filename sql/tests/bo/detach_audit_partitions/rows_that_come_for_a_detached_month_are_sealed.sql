begin;
select plan(5);

select test.freeze_clock('2021-10-15T12:00:00Z');
select test.create_audit_partitions(0);
select test.audit_row(1, '10', '2021-10-15T12:00:00Z');
select test.seal();
select test.freeze_clock('2023-01-01T00:00:00Z');
select test.detach();

select test.audit_row(2, '12', '2021-10-15T12:00:00Z');
select is(test.create_audit_partitions(0), 15, 'the months since are made');
select is(test.seal(), 1, 'the row is sealed where it is');
select is(test.verify(), '{}', 'nothing is wrong with it');
select test.audit_row(3, '9', '2021-10-15T12:00:00Z');
select is(test.verify(), '{ROW_INSERTED 3 in block 1}', 'a row among those that were detached is none of them');
delete from bo.admin_audit_logs where audit_id = 2;
select is(test.verify(), '{ROW_INSERTED 3 in block 1,ROW_MISSING 2 in block 3}', 'the late one is due as any other');

select * from finish();
rollback;
