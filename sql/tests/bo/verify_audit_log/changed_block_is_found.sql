begin;
select plan(4);

select test.freeze_clock('2031-11-15T12:00:00Z');
select test.create_audit_partitions(0);
select test.audit_row(number, (9 + number)::text::xid8, '2031-11-10T12:00:00Z', 'tx-' || number) from generate_series(1, 6) as number;
select array_agg(test.seal(3)) from generate_series(1, 3);

set local session_replication_role = 'replica';
create temporary table before as select * from bo.audit_seals;
update bo.audit_seals set sealed_at = sealed_at + interval '1 second' where seal_number = 1;
select is(test.verify(), '{SEAL_CHANGED in block 1}', 'its time');

update bo.audit_seals set hash = bo.audit_seal_hash(audit_seals) where seal_number = 1;
select is(test.verify(), '{CHAIN_BROKEN in block 2}', 'with a hash that fits: the next one knows');

update bo.audit_seals set (sealed_at, hash) = (select before.sealed_at, before.hash from before where before.seal_number = 1) where seal_number = 1;
update bo.audit_seals set row_hashes[2] = row_hashes[1] where seal_number = 1;
select is(test.verify(), '{SEAL_CHANGED in block 1,ROW_CHANGED 2 in block 1}', 'the hash of a row');

delete from bo.audit_seals where seal_number = 1;
select is(
  test.verify(), '{SEAL_MISSING in block 1,ROW_INSERTED 1 in block 2,ROW_INSERTED 2 in block 2,ROW_INSERTED 3 in block 2}',
  'a block that is gone'
);

select * from finish();
rollback;
