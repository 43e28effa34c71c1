-- Revert tx_lookup:audit_log_indexes from pg
begin;
set local role bo_owner;
set local lock_timeout = '5s';

drop index bo.admin_audit_logs_by_xid;
drop index bo.admin_audit_logs_by_actor;

alter table bo.admin_audit_logs
drop constraint admin_audit_logs_pkey,
add constraint admin_audit_logs_pkey primary key (audit_id, requested_at);

commit;
