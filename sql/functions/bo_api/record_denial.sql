create or replace function bo_api.record_denial(p_requests bo_api.lookup_request [], p_action text, p_resource_type text)
returns void
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform bo.write_audit_log(
    p_action, p_resource_type, p_requests, array_fill(row(403, 0, null, null)::bo_api.lookup_answer, array[cardinality(p_requests)])
  );
end;
$$;

comment on function bo_api.record_denial(bo_api.lookup_request [], text, text) is
'An audit row, DENIED, for each request of an actor who is known and has not the role that it needs';
