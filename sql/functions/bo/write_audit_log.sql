-- A list has no resource_id but that of its filter. What was refused as malformed was not looked for.
create or replace function bo.write_audit_log(
    p_action text, p_resource_type text, p_requests bo_api.lookup_request [], p_answers bo_api.lookup_answer []
)
returns void
language plpgsql
volatile
security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
  insert into bo.admin_audit_logs (
    actor_id, actor_roles, action, resource_type, resource_id, result, status_code, ip, user_agent, request_method,
    request_path, request_query, requested_at, duration_ms, result_count, correlation_id, access_reason
  )
  select
    lookup.actor_id, string_to_array(lookup.actor_roles, ','), p_action, p_resource_type,
    coalesce(nullif(lookup.resource_id, ''), lookup.filters ->> 'q', lookup.filters ->> 'resource_id', '*'),
    case lookup.status_code when 200 then 'FOUND' when 403 then 'DENIED' else 'NOT_FOUND' end, lookup.status_code, lookup.ip::inet,
    lookup.user_agent, lookup.request_method, lookup.request_path, lookup.request_query, bo.clock(),
    (lookup.elapsed_us + round(date_part('epoch', clock_timestamp() - statement_timestamp()) * 1000000)) / 1000,
    lookup.result_count, lookup.correlation_id, lookup.access_reason
  from unnest(p_requests, p_answers) as lookup
  where lookup.status_code <> 400;
end;
$$;

comment on function bo.write_audit_log(text, text, bo_api.lookup_request [], bo_api.lookup_answer []) is
'Writes the audit row of each answer, which stands where its request does; a failure takes the answers with it. A request '
'that was refused for its parameters has none';
