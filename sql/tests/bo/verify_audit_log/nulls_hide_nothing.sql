begin;
select plan(7);

select test.freeze_clock('2031-11-15T12:00:00Z');
select test.create_audit_partitions(0);
select test.audit_row(number, (9 + number)::text::xid8, '2031-11-10T12:00:00Z', 'tx-' || number) from generate_series(1, 6) as number;
select array_agg(test.seal(3)) from generate_series(1, 3);
select set_config('test.checkpoint', test.audit_checkpoint(), true);

-- The owner may take NOT NULL away.
alter table bo.audit_seals alter column hash drop not null, alter column previous_hash drop not null;
alter table bo.admin_audit_logs alter column xid drop not null;
set local session_replication_role = 'replica';
create temporary table before as select * from bo.audit_seals;
update bo.admin_audit_logs set resource_id = 'tx-0' where audit_id = 2;
update bo.audit_seals
set row_hashes[2] = (select bo.audit_row_hash(log) from bo.admin_audit_logs as log where log.audit_id = 2), hash = null
where seal_number = 1;
select is(
  test.verify(current_setting('test.checkpoint')), '{SEAL_CHANGED in block 1,CHAIN_BROKEN in block 2}', 'a block that tells no hash has changed'
);

update bo.audit_seals set hash = bo.audit_seal_hash(audit_seals) where seal_number = 1;
update bo.audit_seals set previous_hash = null where seal_number = 2;
select is(
  test.verify(current_setting('test.checkpoint')), '{SEAL_CHANGED in block 2,CHAIN_BROKEN in block 2}', 'one that tells no block before it is not chained'
);

update bo.audit_seals
set (row_hashes, previous_hash, hash) = (
  select before.row_hashes, before.previous_hash, before.hash from before where before.seal_number = audit_seals.seal_number
);
update bo.admin_audit_logs set resource_id = 'tx-2' where audit_id = 2;
select is(test.verify(current_setting('test.checkpoint')), '{}', 'undone, nothing is found');

select test.audit_row(7, '16', '2031-11-10T12:00:00Z');
update bo.admin_audit_logs set xid = null where audit_id = 7;
select is(test.verify(), '{XID_AHEAD 7}', 'a row without transaction would never be sealed');
select is(
  (select array_agg(finding.kind) from bo.audit_row_findings('2031-11-01') as finding), array['XID_AHEAD'], 'nor does its month leave with it'
);

delete from bo.admin_audit_logs where audit_id = 7;
alter table bo.admin_audit_logs drop constraint admin_audit_logs_pkey;
alter table bo.admin_audit_logs alter column audit_id drop identity, alter column audit_id drop not null, alter column requested_at drop not null;
select test.audit_row(8, '1', '2031-11-10T12:00:00Z');
update bo.admin_audit_logs set audit_id = null where audit_id = 8;
select is((select array_agg(finding.kind) from bo.audit_row_findings() as finding), array['XID_AHEAD'], 'nor would a row without audit_id');

select test.audit_row(9, '1', '2031-11-10T12:00:00Z');
update bo.admin_audit_logs set requested_at = null where audit_id = 9;
select is((select count(*) from bo.audit_row_findings('2031-11-01')), 2::bigint, 'nor one without a time, whatever month is asked for');

select * from finish();
rollback;
