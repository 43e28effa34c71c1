create or replace function bo.oldest_unsealed(p_month date)
returns timestamptz
language sql
stable
security invoker
set search_path = pg_catalog, pg_temp
as $$
  select log.requested_at
  from bo.first_unsealed(p_month) as next
  cross join lateral (
    select stored.requested_at
    from bo.admin_audit_logs as stored
    where
      stored.requested_at >= p_month::timestamp at time zone 'UTC'
      and stored.requested_at < (p_month + interval '1 month') at time zone 'UTC'
      and (stored.xid, stored.audit_id) >= (next.xid, next.audit_id)
      and (next.epoch_after is null or stored.audit_id > next.epoch_after)
    order by stored.xid, stored.audit_id
    limit 1
  ) as log;
$$;

comment on function bo.oldest_unsealed(date) is 'Time of the first row of a month, in the order of sealing, that is not sealed; null when all are';
