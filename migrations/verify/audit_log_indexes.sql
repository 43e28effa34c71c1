-- Verify tx_lookup:audit_log_indexes on pg
begin;

select 1 / (count(*) = 2)::integer
  from pg_catalog.pg_index
  where indrelid = 'bo.admin_audit_logs'::regclass and indisvalid and not indisprimary;

rollback;
