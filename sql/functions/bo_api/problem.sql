create or replace function bo_api.problem(
    p_status_code integer, p_title text, p_detail text, p_instance text, p_correlation_id text
)
returns jsonb
language plpgsql
immutable
security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
  return jsonb_build_object(
    'type', 'about:blank', 'title', p_title, 'status', p_status_code, 'detail', p_detail, 'instance', p_instance,
    'correlation_id', p_correlation_id
  );
end;
$$;

comment on function bo_api.problem(integer, text, text, text, text) is 'An error answer as of RFC 9457';
