create or replace function bo.audit_checkpoint()
returns text
language sql
stable
security definer
set search_path = pg_catalog, pg_temp
as $$
  select coalesce(
    (
      select jsonb_build_object(
        'seal_number', last.seal_number, 'hash', encode(last.hash, 'hex'), 'sealed_at', bo.utc_text(last.sealed_at)
      )
      from bo.audit_seals as last
      order by last.seal_number desc
      limit 1
    ),
    '{"seal_number": 0}'
  )::text;
$$;

comment on function bo.audit_checkpoint() is
'The last block of the chain, one line of JSON to be kept out of reach of those who could change this database';
