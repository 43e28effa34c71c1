create or replace function bo_api.list_answer(
    p_request bo_api.lookup_request, p_body json, p_items json [], p_next_cursor text, p_csv_columns text []
)
returns bo_api.lookup_answer
language plpgsql
immutable
security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
  return row(
    200, cardinality(p_items),
    case when p_request.media_type = 'text/csv' then bo_api.to_csv(p_csv_columns, p_items) else p_body::text end, p_next_cursor
  )::bo_api.lookup_answer;
end;
$$;

comment on function bo_api.list_answer(bo_api.lookup_request, json, json [], text, text []) is
'A page of a list, as JSON (p_body) or as the CSV that the request wants';
