create or replace function bo_api.search(p_requests bo_api.lookup_request [])
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
    select
      row(
        200, json_array_length(found.matches),
        json_build_object(
          'q', request.filters ->> 'q', 'matches', found.matches, 'count', json_array_length(found.matches), 'freshness', v_freshness
        )::text,
        null
      )::bo_api.lookup_answer
    from unnest(p_requests) with ordinality as request
    cross join lateral bo_api.matches_of(request.filters ->> 'q') as found (matches)
    order by request.ordinality
  );
  perform bo.write_audit_log('ADMIN_SEARCH', 'ID', p_requests, v_answers);
  return v_answers;
end;
$$;

comment on function bo_api.search(bo_api.lookup_request []) is
'GET /admin/lookup: what an id names, and an audit row, for each request, in their order';
