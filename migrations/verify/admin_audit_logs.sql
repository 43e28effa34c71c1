-- Verify tx_lookup:admin_audit_logs on pg
begin;

select audit_id, actor_id, actor_roles, action, resource_type, resource_id, result, status_code, ip, user_agent, request_method,
       request_path, request_query, requested_at, duration_ms, result_count, correlation_id
  from bo.admin_audit_logs where false;
select 1 / count(*) from pg_catalog.pg_partitioned_table where partdefid = 'bo.admin_audit_logs_default'::regclass;

rollback;
