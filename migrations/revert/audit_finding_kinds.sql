-- Revert tx_lookup:audit_finding_kinds from pg
begin;
set local role bo_owner;
set local lock_timeout = '5s';

comment on type bo.audit_finding is
'What does not fit the seals. kind: SEAL_CHANGED, SEAL_MISSING, CHAIN_BROKEN, CHECKPOINT_MISSED, ROW_CHANGED, ROW_MISSING, ROW_INSERTED '
'or XID_AHEAD';

commit;
