-- Verify tx_lookup:audit_finding_kinds on pg
begin;

select 1 / (obj_description('bo.audit_finding'::regtype, 'pg_type') like '%MONTH_DETACHED%')::integer as is_told;

rollback;
