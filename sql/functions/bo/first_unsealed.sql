-- Called every second or so for each month, and the chain grows for ever: both blocks are found by the index of (month, seal_number), which
-- the order asks for. By their numbers alone, the whole chain would be read for a month that has no block. An EPOCH has no month.
create or replace function bo.first_unsealed(p_month date, out xid xid8, out audit_id bigint, out epoch_after bigint)
language sql
stable
security invoker
set search_path = pg_catalog, pg_temp
as $$
  with epoch as (
    select seal.seal_number, seal.last_audit_id as starts_after
    from bo.audit_seals as seal
    where seal.month is null
    order by seal.month desc, seal.seal_number desc
    limit 1
  )

  select coalesce(last.last_xid, '0'), coalesce(last.last_audit_id + 1, -9223372036854775808), epoch.starts_after
  from (select) as always
  left join epoch on true
  left join lateral (
    select seal.month, seal.seal_number, seal.last_xid, seal.last_audit_id
    from bo.audit_seals as seal
    where (seal.month, seal.seal_number) <= (p_month, 9223372036854775807) and seal.kind = 'ROWS'
    order by seal.month desc, seal.seal_number desc
    limit 1
  ) as last on last.month = p_month and last.seal_number > coalesce(epoch.seal_number, 0);
$$;

comment on function bo.first_unsealed(date) is
'From which (xid, audit_id) on the rows of a month are not sealed yet; those with an audit_id up to epoch_after are of an earlier epoch';
