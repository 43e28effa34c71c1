create or replace function bo_api.bad_cursor(p_request bo_api.lookup_request)
returns bo_api.lookup_answer
language sql
immutable
security invoker
set search_path = pg_catalog, pg_temp
as $$
  select bo_api.bad_request(p_request, 'cursor: must be the next_cursor of this list with the same filters.');
$$;

comment on function bo_api.bad_cursor(bo_api.lookup_request) is 'The answer to a cursor of another list; it has no audit row';
