-- Every place that a sealed row may have belongs to one span, so a row that was slipped in has none to hide in. A span begins
-- behind the one before it, of the same month and epoch. Spans without rows: months whose partition was detached, and what lies
-- behind the last block of an epoch that has ended.
create or replace function bo.audit_spans()
returns table (
    seal_number bigint, month date, from_xid xid8, from_audit_id bigint, to_xid xid8, to_audit_id bigint, epoch_after bigint,
    epoch_through bigint, audit_ids bigint [], row_hashes bytea []
)
language sql
stable
security invoker
set search_path = pg_catalog, pg_temp
as $$
  with epochs as (
    select
      epoch.number, epoch.starts_after, coalesce(lead(epoch.starts_after) over by_number, 9223372036854775807) as ends_with,
      lead(epoch.number) over by_number is not null as has_ended
    from (
      select 1 as number, null::bigint as starts_after
      union all
      select seal.epoch, seal.last_audit_id from bo.audit_seals as seal where seal.kind = 'EPOCH'
    ) as epoch
    window by_number as (order by epoch.number)
  ),

  detached as (
    select seal.month, max(seal.seal_number) as seal_number from bo.audit_seals as seal where seal.kind = 'DETACH' group by seal.month
  ),

  months as (
    select bo.audit_months() as month
    union
    select seal.month from bo.audit_seals as seal where seal.kind = 'ROWS'
  ),

  spans as (
    select seal.seal_number, seal.month, seal.epoch, seal.last_xid, seal.last_audit_id, seal.audit_ids, seal.row_hashes
    from bo.audit_seals as seal
    where seal.kind = 'ROWS'
    union all
    select null, months.month, epochs.number, '18446744073709551615', 9223372036854775807, '{}', '{}'
    from months
    cross join epochs
    where epochs.has_ended
  )

  select
    spans.seal_number, spans.month, coalesce(lag(spans.last_xid) over in_order, '0'),
    coalesce(lag(spans.last_audit_id) over in_order + 1, -9223372036854775808), spans.last_xid, spans.last_audit_id,
    epochs.starts_after, epochs.ends_with,
    case when spans.seal_number < detached.seal_number then '{}' else spans.audit_ids end,
    case when spans.seal_number < detached.seal_number then '{}' else spans.row_hashes end
  from spans
  inner join epochs on epochs.number = spans.epoch
  left join detached on detached.month = spans.month
  window in_order as (partition by spans.month, spans.epoch order by spans.seal_number nulls last);
$$;

comment on function bo.audit_spans() is
'All places that sealed rows may have, from and to (xid, audit_id) within a month and audit_ids of an epoch, with the rows that are due there';
