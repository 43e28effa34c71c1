begin;
select plan(4);

select test.freeze_clock('2031-11-15T12:00:00Z');
select test.create_audit_partitions(0);
select test.audit_row(number, (9 + number)::text::xid8, '2031-11-10T12:00:00Z', 'tx-' || number) from generate_series(1, 6) as number;
select array_agg(test.seal(3)) from generate_series(1, 3);

select set_config('test.checkpoint', test.audit_checkpoint(), true);
set local session_replication_role = 'replica';
delete from bo.audit_seals where seal_number = 2;
update bo.admin_audit_logs set resource_id = 'tx-9' where audit_id = 6;
select is(test.verify(), '{}', 'without one the rest of the chain looks sound');
select is(test.verify(current_setting('test.checkpoint')), '{CHECKPOINT_MISSED in block 2}', 'with one it ends too early');
select test.seal();
select is(test.verify(), '{}', 'sealed again it looks sound');
select is(test.verify(current_setting('test.checkpoint')), '{CHECKPOINT_MISSED in block 2}', 'but is not what it was');

select * from finish();
rollback;
