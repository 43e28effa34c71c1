create or replace function bo.write_audit_log(
    p_action text,
    p_resource_type text,
    p_resource_id text,
    p_status_code integer,
    p_result_count integer,
    p_actor_id text,
    p_actor_roles text,
    p_ip inet,
    p_user_agent text,
    p_request_method text,
    p_request_path text,
    p_request_query text,
    p_correlation_id text,
    p_elapsed_ms double precision
)
returns void
language plpgsql
volatile
security invoker
set search_path = ''
as $$
begin
  insert into bo.admin_audit_logs (
    actor_id, actor_roles, action, resource_type, resource_id, result, status_code, ip, user_agent, request_method,
    request_path, request_query, requested_at, duration_ms, result_count, correlation_id
  )
  values (
    p_actor_id, string_to_array(p_actor_roles, ','), p_action, p_resource_type, p_resource_id,
    case p_status_code when 200 then 'FOUND' else 'NOT_FOUND' end, p_status_code, p_ip, p_user_agent, p_request_method,
    p_request_path, p_request_query, bo.clock(),
    p_elapsed_ms + extract(epoch from clock_timestamp() - statement_timestamp()) * 1000, p_result_count, p_correlation_id
  );
end;
$$;

comment on function bo.write_audit_log(
  text, text, text, integer, integer, text, text, inet, text, text, text, text, text, double precision
) is 'Writes the audit row of an answer; a failure takes the answer with it';
