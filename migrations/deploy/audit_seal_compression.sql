-- Deploy tx_lookup:audit_seal_compression to pg
-- Hashes hardly compress, and pglz tries for long; for blocks to come.
begin;
set local role bo_owner;
set local lock_timeout = '5s';

alter table bo.audit_seals
alter column audit_ids set compression lz4,
alter column row_hashes set compression lz4;

commit;
