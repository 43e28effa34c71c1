-- Revert tx_lookup:audit_seals from pg
begin;
set local role bo_owner;
set local lock_timeout = '5s';

-- Functions over these go with them: sql/install.sql makes them, the plan does not.
drop type bo.audit_finding cascade;
drop table bo.audit_seals cascade;

commit;
