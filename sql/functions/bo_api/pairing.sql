-- The body is bound to its functions when it is created, so that it needs no search_path and can be inlined.
create or replace function bo_api.pairing(p_reason text, p_verdict text, p_waiting_since timestamptz, p_now timestamptz)
returns json
language sql
stable
security invoker
return json_build_object(
  'reason', p_reason,
  'verdict', p_verdict,
  'age_sec', case when p_waiting_since is not null then greatest(0, floor(extract(epoch from p_now - p_waiting_since))) end
);

comment on function bo_api.pairing(text, text, timestamptz, timestamptz) is
'The member pairing of answers; age_sec: whole seconds since the half that is there happened, null when none is missing';
