begin;
select plan(1);

select test.freeze_clock('2031-11-15T12:00:00Z');
select test.create_audit_partitions(0);
select test.audit_row(number, (9 + number)::text::xid8, '2031-11-10T12:00:00Z', 'tx-' || number) from generate_series(1, 6) as number;
select array_agg(test.seal(3)) from generate_series(1, 3);

set local session_replication_role = 'replica';
delete from bo.admin_audit_logs where audit_id = 5;
select is(test.verify(), '{ROW_MISSING 5 in block 2}', 'which one, and in which block');

select * from finish();
rollback;
