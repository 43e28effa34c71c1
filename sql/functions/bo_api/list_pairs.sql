create or replace function bo_api.list_pairs(p_requests bo_api.lookup_request [])
returns bo_api.lookup_answer []
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_answers bo_api.lookup_answer [];
  v_freshness constant json := (select row_to_json(freshness) from bo_api.freshness);
begin
  v_answers := array(
    select bo_api.answer_pairs(p_requests[request.place], v_freshness)
    from generate_subscripts(p_requests, 1) as request (place)
    order by request.place
  );
  perform bo.write_audit_log('ADMIN_PAIR_LOOKUP', 'PAIR', p_requests, v_answers);
  return v_answers;
end;
$$;

comment on function bo_api.list_pairs(bo_api.lookup_request []) is
'GET /admin/pairs: a page of pairs and an audit row for each request, in their order';
