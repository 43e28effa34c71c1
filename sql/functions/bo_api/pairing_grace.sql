-- The body is bound to its functions when it is created, so that it needs no search_path and can be inlined.
create or replace function bo_api.pairing_grace()
returns interval
language sql
stable
security invoker
return make_interval(secs => coalesce(nullif(current_setting('bo.pairing_grace_sec', true), ''), '30')::double precision);

comment on function bo_api.pairing_grace() is
'How long the other half of a pair may take before it counts as OVERDUE; the API sets PAIRING_GRACE_SEC for its sessions';
