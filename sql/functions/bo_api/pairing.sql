-- The body is bound to its functions when it is created, so that it needs no search_path and can be inlined. It has its arguments
-- twice, so it is inlined only where they are columns: an expression would make it a call for each row, some hundred thousand
-- instructions dearer. json_object() takes text alone, and a fifth of the time; nearly all pairs wait for nothing.
create or replace function bo_api.pairing(p_reason text, p_verdict text, p_waiting_since timestamptz, p_now timestamptz)
returns json
language sql
stable
security invoker
return case
  when p_waiting_since is null then json_object(array['reason', p_reason, 'verdict', p_verdict, 'age_sec', null])
  else json_build_object('reason', p_reason, 'verdict', p_verdict, 'age_sec', bo_api.age_sec(p_waiting_since, p_now))
end;

comment on function bo_api.pairing(text, text, timestamptz, timestamptz) is
'The member pairing of answers; age_sec: whole seconds since the half that is there happened, null when none is missing';
