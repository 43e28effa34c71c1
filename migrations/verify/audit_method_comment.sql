-- Verify tx_lookup:audit_method_comment on pg
begin;

select 1 / (count(*) = 1)::integer
  from pg_catalog.pg_attribute as col
  where
    col.attrelid = 'bo.admin_audit_logs'::regclass and col.attname = 'request_method'
    and pg_catalog.col_description(col.attrelid, col.attnum) like '%POST%';

rollback;
