create or replace function bo_api.list_audit_logs(p_requests bo_api.lookup_request [])
returns bo_api.lookup_answer []
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_answers bo_api.lookup_answer [];
begin
  v_answers := array(
    select bo_api.answer_audit_logs(p_requests[request.place])
    from generate_subscripts(p_requests, 1) as request (place)
    order by request.place
  );
  perform bo.write_audit_log('ADMIN_AUDIT_LOG_LOOKUP', 'AUDIT_LOG', p_requests, v_answers);
  return v_answers;
end;
$$;

comment on function bo_api.list_audit_logs(bo_api.lookup_request []) is
'GET /admin/audit-logs: an answer and, unless it is 400, an audit row for each request, in their order';
