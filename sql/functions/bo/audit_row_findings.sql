-- Each span is read by the index of (xid, audit_id). For that its xids are a range, which the planner takes for narrow, and its month is
-- none: by the key of times it would read the whole month for each span. Where the month begins is told for the first span, which
-- begins with xid 0, and would read the partitions of all months before.
create or replace function bo.audit_row_findings(p_month date default null)
returns setof bo.audit_finding
language sql
stable
security invoker
set search_path = pg_catalog, pg_temp
as $$
  select finding.kind, 'bo.admin_audit_logs_' || to_char(span.month, 'YYYY_MM'), span.seal_number, finding.audit_id, finding.detail
  from bo.audit_spans() as span
  cross join lateral (
    select
      coalesce(due.audit_id, stored.audit_id),
      case when stored.hash is null then 'ROW_MISSING' when due.hash is null then 'ROW_INSERTED' else 'ROW_CHANGED' end,
      case
        when stored.hash is null then 'no longer among the rows of its month'
        when due.hash is null then 'not there when this part of the log was sealed'
        else 'not what it was when it was sealed'
      end
    from unnest(span.audit_ids, span.row_hashes) as due (audit_id, hash)
    full join (
      select log.audit_id, bo.audit_row_hash(log) as hash
      from bo.admin_audit_logs as log
      where
        log.xid between span.from_xid and span.to_xid
        and log.requested_at >= span.month::timestamp at time zone 'UTC'
        and date_trunc('month', log.requested_at at time zone 'UTC') = span.month
        and (log.xid, log.audit_id) >= (span.from_xid, span.from_audit_id)
        and (log.xid, log.audit_id) <= (span.to_xid, span.to_audit_id)
        and (span.epoch_after is null or log.audit_id > span.epoch_after)
        and log.audit_id <= span.epoch_through
    ) as stored on stored.audit_id = due.audit_id
    where stored.hash is distinct from due.hash
  ) as finding (audit_id, kind, detail)
  where p_month is null or span.month = p_month
  union all
  -- Months are told by their rows here: such a row may be in any partition.
  select
    'XID_AHEAD', log.tableoid::regclass::text, null, log.audit_id,
    case
      when num_nulls(log.xid, log.audit_id, log.requested_at) > 0 then 'it has no transaction, audit_id or time'
      else format('no transaction has the id %s yet', log.xid)
    end
  from bo.admin_audit_logs as log
  where
    (p_month is null or log.requested_at is null or date_trunc('month', log.requested_at at time zone 'UTC') = p_month)
    and (
      log.xid is null
      or log.audit_id is null
      or log.requested_at is null
      or (
        log.xid >= pg_snapshot_xmax(pg_current_snapshot())
        and log.audit_id > coalesce(
          (select max(seal.last_audit_id) from bo.audit_seals as seal where seal.kind = 'EPOCH'), -9223372036854775808
        )
      )
    );
$$;

comment on function bo.audit_row_findings(date) is
'Rows, of one month or of all, that are not what was sealed, or could never be sealed';
