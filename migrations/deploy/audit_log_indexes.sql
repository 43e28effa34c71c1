-- Deploy tx_lookup:audit_log_indexes to pg
-- Lookups wait while the indexes are built: about 3 s for each million rows. A partitioned table can't have its key
-- replaced concurrently; where that is too long, deploy outside of working hours.
-- squawk-ignore-file ban-drop-constraint, constraint-missing-not-valid, adding-serial-primary-key-field, require-concurrent-index-creation
begin;
set local role bo_owner;
set local lock_timeout = '5s';

-- The same key in the order in which the log is read: newest first, page by page.
alter table bo.admin_audit_logs
drop constraint admin_audit_logs_pkey,
add constraint admin_audit_logs_pkey primary key (requested_at, audit_id);

create index admin_audit_logs_by_xid on bo.admin_audit_logs (xid, audit_id);
create index admin_audit_logs_by_actor on bo.admin_audit_logs (actor_id, requested_at);

commit;
