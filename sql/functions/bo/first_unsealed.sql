create or replace function bo.first_unsealed(p_month date, out xid xid8, out audit_id bigint, out epoch_after bigint)
language sql
stable
security invoker
set search_path = pg_catalog, pg_temp
as $$
  with epoch as (
    select max(seal.epoch) as number, max(seal.last_audit_id) as starts_after from bo.audit_seals as seal where seal.kind = 'EPOCH'
  )

  select coalesce(last.last_xid, '0'), coalesce(last.last_audit_id + 1, -9223372036854775808), epoch.starts_after
  from epoch
  left join lateral (
    select seal.last_xid, seal.last_audit_id
    from bo.audit_seals as seal
    where seal.month = p_month and seal.kind = 'ROWS' and seal.epoch = coalesce(epoch.number, 1)
    order by seal.seal_number desc
    limit 1
  ) as last on true;
$$;

comment on function bo.first_unsealed(date) is
'From which (xid, audit_id) on the rows of a month are not sealed yet; those with an audit_id up to epoch_after are of an earlier epoch';
