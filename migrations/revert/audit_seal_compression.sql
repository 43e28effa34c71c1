-- Revert tx_lookup:audit_seal_compression from pg
begin;
set local role bo_owner;
set local lock_timeout = '5s';

alter table bo.audit_seals
alter column audit_ids set compression default,
alter column row_hashes set compression default;

commit;
