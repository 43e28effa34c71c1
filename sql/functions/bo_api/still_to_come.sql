create or replace function bo_api.still_to_come(p_freshness json, p_lag text)
returns jsonb
language plpgsql
stable
security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
  return jsonb_build_object(
    'freshness', p_freshness,
    'may_be_in_flight',
    coalesce((p_freshness ->> p_lag)::numeric > extract(epoch from bo_api.pairing_grace()), true)
  );
end;
$$;

comment on function bo_api.still_to_come(json, text) is
'What a 404 adds: how fresh the answer is, and whether the event may still be under way. p_lag: the member of p_freshness that counts';
