begin;
select plan(1);

select test.freeze_clock('2031-11-15T12:00:00Z');
select test.create_audit_partitions(0);
select test.audit_row(number, (9 + number)::text::xid8, '2031-11-10T12:00:00Z', 'tx-' || number) from generate_series(1, 3) as number;
select test.seal();
select set_config('test.checkpoint', test.audit_checkpoint(), true);

set local session_replication_role = 'replica';
delete from bo.admin_audit_logs;
select bo.append_audit_seal(
  jsonb_populate_record(null::bo.audit_seals, '{"kind": "DETACH", "month": "2031-11-01", "audit_ids": [], "row_hashes": []}')
);
select is(test.verify(current_setting('test.checkpoint')), '{MONTH_DETACHED in block 2}', 'the chain is sound, but for what it tells');

select * from finish();
rollback;
