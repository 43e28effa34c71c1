-- Only the filters that are given become conditions, so that each finds its index; the plan is made for them. An actor
-- has an index over all times. Whatever else is asked for reads its range of time, which is therefore bounded. A page that goes on is
-- asked for as if it ended where the last one did; where all of them begin is told by the cursor, or time that passes would cut it off.
create or replace function bo_api.answer_audit_logs(p_request bo_api.lookup_request)
returns bo_api.lookup_answer
language plpgsql
volatile
security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
  c_filters constant text[] := array['actor_id', 'resource_type', 'resource_id', 'action', 'result', 'correlation_id'];
  c_default_range constant interval := interval '24 hours';
  c_max_range constant interval := interval '31 days';
  v_scope constant text := jsonb_build_array(
    'audit_logs', bo.utc_text(p_request.from_time), bo.utc_text(p_request.to_time), p_request.filters
  )::text;
  v_last constant bo_api.cursor_position := bo_api.decode_cursor(v_scope, p_request.cursor);
  v_last_id constant bigint [] := regexp_match(v_last.id, '^(\d{1,18}) (-?\d{1,18})$')::bigint []; -- audit_id, where the pages begin
  v_until constant timestamptz := coalesce(v_last.at, p_request.to_time, bo.clock());
  -- Within the years 1 to 9999, as all times of requests.
  v_begin constant timestamptz := case
    when v_last_id[2] between -62135596800000000 and 253402300799999999 then bo_api.time_at(v_last_id[2])
  end;
  v_from constant timestamptz := coalesce(v_begin, p_request.from_time, v_until - c_default_range);
  v_page bo_api.audit_log_items[];
  v_items json[];
  v_next text;
begin
  if not c_filters @> array(select jsonb_object_keys(p_request.filters)) then
    return bo_api.bad_request(p_request, 'The filters are ' || array_to_string(c_filters, ', ') || '.');
  end if;
  if p_request.cursor is not null and v_begin is null then
    return bo_api.bad_cursor(p_request);
  end if;
  if v_from < v_until - c_max_range and not coalesce(p_request.filters ? 'actor_id', false) then
    return bo_api.bad_request(p_request, 'from: must be within 31 days of to, unless actor_id is given.');
  end if;

  execute format(
    'select array(
       select log
       from bo_api.audit_log_items as log
       where log.requested_at >= $1 and log.requested_at <= $2 and (log.requested_at, log.audit_id) < ($3, $4) %s
       order by log.requested_at desc, log.audit_id desc
       limit $5
     )',
    (select string_agg(format('and log.%I = $6 ->> %1$L', filter.name), ' ') from jsonb_object_keys(p_request.filters) as filter (name))
  )
  into v_page
  using
    v_from, coalesce(p_request.to_time, 'infinity'), coalesce(v_last.at, 'infinity'), coalesce(v_last_id[1], 0),
    p_request.max_entries + 1, p_request.filters;

  if cardinality(v_page) > p_request.max_entries then
    v_page := v_page[:p_request.max_entries];
    v_next := bo_api.encode_cursor(
      v_scope, v_page[p_request.max_entries].requested_at,
      v_page[p_request.max_entries].audit_id || ' ' || (extract(epoch from v_from) * 1000000)::bigint
    );
  end if;
  v_items := array(select entry.item from unnest(v_page) with ordinality as entry order by entry.ordinality);
  return bo_api.list_answer(
    p_request, json_build_object('entries', v_items, 'count', cardinality(v_items), 'next_cursor', v_next), v_items, v_next,
    array[
      'audit_id', 'requested_at', 'actor_id', 'actor_roles', 'action', 'resource_type', 'resource_id', 'result', 'status_code',
      'result_count', 'access_reason', 'ip', 'user_agent', 'request_method', 'request_path', 'request_query', 'duration_ms',
      'correlation_id', 'xid'
    ]
  );
end;
$$;

comment on function bo_api.answer_audit_logs(bo_api.lookup_request) is
'The rows of the audit log that a request asks for, newest first, from its cursor on: of the last 24 hours unless it tells a time';
