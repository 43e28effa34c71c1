create or replace function bo_api.pairing_grace()
returns interval
language sql
stable
security invoker
set search_path = ''
as $$
  select pg_catalog.make_interval(
    secs => coalesce(nullif(pg_catalog.current_setting('bo.pairing_grace_sec', true), ''), '30')::double precision
  );
$$;

comment on function bo_api.pairing_grace() is
'How long the other half of a pair may take before it counts as OVERDUE; the API sets PAIRING_GRACE_SEC for its sessions';
