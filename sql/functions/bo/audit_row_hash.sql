-- The canonical form is the JSON array of the columns in the order of the table, each as text or null, roles as an array of
-- texts; the exact IEEE 754 bits of the duration, since its decimal form depends on settings. It is the text that
-- Python's json.dumps(row, ensure_ascii=False) makes, so that anybody can compute it (docs/runbooks/audit-log.md).
-- A column that comes later is appended only where it is not null: what is sealed keeps its hash.
-- The body is bound to its functions when it is created, so that it needs no search_path and can be inlined.
create or replace function bo.audit_row_hash(p_row bo.admin_audit_logs)
returns bytea
language sql
stable
security invoker
return sha256(convert_to(
  json_build_array(
    p_row.audit_id::text, p_row.actor_id, to_jsonb(p_row.actor_roles), p_row.action, p_row.resource_type, p_row.resource_id, p_row.result,
    p_row.status_code::text, p_row.ip::text, p_row.user_agent, p_row.request_method, p_row.request_path, p_row.request_query,
    bo.utc_text(p_row.requested_at), encode(float8send(p_row.duration_ms), 'hex'), p_row.result_count::text, p_row.correlation_id,
    p_row.access_reason, p_row.xid::text
  )::text,
  'UTF8'
));

comment on function bo.audit_row_hash(bo.admin_audit_logs) is 'SHA-256 of the canonical form of an audit row';
