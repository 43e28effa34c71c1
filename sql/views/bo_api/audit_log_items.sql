create view bo_api.audit_log_items as
select
  log.requested_at,
  log.audit_id,
  log.actor_id,
  log.resource_type,
  log.resource_id,
  log.action,
  log.result,
  log.correlation_id,
  json_build_object(
    'audit_id', log.audit_id,
    'requested_at', bo_api.rfc3339(log.requested_at),
    'actor_id', log.actor_id,
    'actor_roles', log.actor_roles,
    'action', log.action,
    'resource_type', log.resource_type,
    'resource_id', log.resource_id,
    'result', log.result,
    'status_code', log.status_code,
    'result_count', log.result_count,
    'access_reason', log.access_reason,
    'ip', log.ip,
    'user_agent', log.user_agent,
    'request_method', log.request_method,
    'request_path', log.request_path,
    'request_query', log.request_query,
    'duration_ms', log.duration_ms,
    'correlation_id', log.correlation_id,
    'xid', log.xid
  ) as item
from bo.admin_audit_logs as log;

comment on view bo_api.audit_log_items is 'Rows of the audit log as items of its answer, beside what they are filtered and sorted by';
