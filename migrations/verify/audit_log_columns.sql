-- Verify tx_lookup:audit_log_columns on pg
begin;

select access_reason, xid from bo.admin_audit_logs where false;
select 1 / count(*) from pg_catalog.pg_constraint where conrelid = 'bo.admin_audit_logs'::regclass and conname = 'denied_is_403';

rollback;
