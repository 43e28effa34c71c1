begin;
select plan(3);

select test.freeze_clock('2031-11-15T12:00:00Z');
select test.create_audit_partitions(0);
select test.audit_row(number, (9 + number)::text::xid8, '2031-11-10T12:00:00Z', 'tx-' || number) from generate_series(1, 6) as number;
select array_agg(test.seal(3)) from generate_series(1, 3);

set local session_replication_role = 'replica';
select test.create_audit_partitions(1);
update bo.admin_audit_logs set requested_at = '2031-12-01T00:00:00Z' where audit_id = 2;
select is(test.verify(), '{ROW_MISSING 2 in block 1}', 'of a later month');
update bo.admin_audit_logs set requested_at = '2031-10-01T00:00:00Z' where audit_id = 2;
select is(array(select tableoid::regclass::text from bo.admin_audit_logs where audit_id = 2), '{bo.admin_audit_logs_default}', 'it is in DEFAULT');
select is(test.verify(), '{ROW_MISSING 2 in block 1}', 'of no month');

select * from finish();
rollback;
