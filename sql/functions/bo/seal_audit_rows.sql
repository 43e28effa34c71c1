-- Below p_horizon no transaction runs any more, so no row can appear there later: what is sealed is complete. A transaction that
-- writes to a month that is over comes with a higher xid, into a later block of that month. The aggregates take the rows as the
-- subquery sorts them: told to sort, each of them would sort all rows once more.
-- Planned for the rows that it is about: the API's sessions plan once for all calls, and not knowing how few rows a block has would read
-- and sort all that wait, for every block. Then a log that is far behind could not be sealed before statements time out.
create or replace function bo.seal_audit_rows(
    p_month date, p_horizon xid8, p_max_rows integer, p_last_audit_id bigint default 9223372036854775807
)
returns bo.audit_seals
language plpgsql
volatile
security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = 'force_custom_plan'
as $$
declare
  v_from constant record := bo.first_unsealed(p_month);
  v_xids xid8[];
  v_seal bo.audit_seals;
begin
  select array_agg(row.xid), array_agg(row.audit_id), array_agg(row.hash)
  into v_xids, v_seal.audit_ids, v_seal.row_hashes
  from (
    select log.xid, log.audit_id, bo.audit_row_hash(log) as hash
    from bo.admin_audit_logs as log
    where
      log.requested_at >= p_month::timestamp at time zone 'UTC'
      and log.requested_at < (p_month + interval '1 month') at time zone 'UTC'
      and (log.xid, log.audit_id) >= (v_from.xid, v_from.audit_id)
      and (v_from.epoch_after is null or log.audit_id > v_from.epoch_after)
      and log.audit_id <= p_last_audit_id
      and log.xid < p_horizon
    order by log.xid, log.audit_id
    limit p_max_rows
  ) as row;
  if v_xids is null then
    return null;
  end if;

  v_seal.kind := 'ROWS';
  v_seal.month := p_month;
  v_seal.first_xid := v_xids[1];
  v_seal.first_audit_id := v_seal.audit_ids[1];
  v_seal.last_xid := v_xids[cardinality(v_xids)];
  v_seal.last_audit_id := v_seal.audit_ids[cardinality(v_xids)];
  return bo.append_audit_seal(v_seal);
end;
$$;

comment on function bo.seal_audit_rows(date, xid8, integer, bigint) is
'Seals the next rows of a month that have an xid below p_horizon, and at most p_last_audit_id; null when there are none';
