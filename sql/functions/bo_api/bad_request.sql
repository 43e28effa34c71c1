create or replace function bo_api.bad_request(p_request bo_api.lookup_request, p_detail text)
returns bo_api.lookup_answer
language sql
immutable
security invoker
set search_path = pg_catalog, pg_temp
as $$
  select row(
    400, 0, bo_api.problem(400, 'Bad Request', p_detail, p_request.request_path, p_request.correlation_id)::text, null
  )::bo_api.lookup_answer;
$$;

comment on function bo_api.bad_request(bo_api.lookup_request, text) is
'The answer to parameters that make no sense together; it has no audit row';
