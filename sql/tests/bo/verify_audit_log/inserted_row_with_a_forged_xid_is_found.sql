begin;
select plan(4);

select test.freeze_clock('2031-11-15T12:00:00Z');
select test.create_audit_partitions(0);
select test.audit_row(number, (9 + number)::text::xid8, '2031-11-10T12:00:00Z', 'tx-' || number) from generate_series(1, 6) as number;
select array_agg(test.seal(3)) from generate_series(1, 3);

set local session_replication_role = 'replica';
select test.audit_row(99, '11', '2031-11-10T12:00:00Z');
select is(test.verify(), '{ROW_INSERTED 99 in block 1}', 'among sealed rows');
update bo.admin_audit_logs_2031_11 set audit_id = -9223372036854775808, xid = '0' where audit_id = 99;
select is(test.verify(), '{ROW_INSERTED -9223372036854775808 in block 1}', 'before all of them');
update bo.admin_audit_logs_2031_11 set xid = '15', audit_id = 1, requested_at = requested_at + interval '1 second' where audit_id < 0;
select is(test.verify(), '{ROW_INSERTED 1 in block 2}', 'with the number of another row');
update bo.admin_audit_logs_2031_11 set xid = pg_snapshot_xmax(pg_current_snapshot()) where xid = '15' and audit_id = 1;
select is(test.verify(), '{XID_AHEAD 1}', 'of a transaction to come, so that it would never be sealed');

select * from finish();
rollback;
