-- Every row is locked, in tx_id order, before it is compared again: what is replaced is what is compared, and what its pair is
-- told to leave. A row that won meanwhile stays.
create or replace function bo.replace_ledger_entries(
    p_events bo.ledger_event [],
    p_now timestamptz,
    out p_updated bigint,
    out p_moved text [],
    out p_skipped bigint
)
language plpgsql
volatile
security invoker
set search_path = pg_catalog, pg_temp
set timezone = 'UTC'
set datestyle = 'ISO, MDY'
as $$
begin
  perform from bo.ledger_entries as entry
  where entry.tx_id in (select event.tx_id from unnest(p_events) as event)
  order by entry.tx_id
  for no key update;

  with updated as (
    update bo.ledger_entries as entry
    set
      wallet_id = event.wallet_id, entry_type = event.entry_type, amount = event.amount,
      amount_signed = event.amount_signed, related_id = event.related_id, related_type = event.related_type,
      event_time = event.event_time, created_at = event.created_at, updated_at = event.updated_at,
      source_version = event.source_version, record_timestamp = event.record_timestamp, ingested_at = p_now
    from bo.winning_ledger_events(p_events) as event
    inner join bo.ledger_entries as replaced on replaced.tx_id = event.tx_id
    where entry.tx_id = event.tx_id and bo.supersedes(event, bo.as_event(replaced))
    returning
      bo.pairing_order_id(replaced.entry_type, replaced.related_id, replaced.related_type) as old_order_id,
      bo.pairing_order_id(entry.entry_type, entry.related_id, entry.related_type) as new_order_id,
      entry.related_id,
      entry.entry_type
  )
  select
    count(*),
    array_remove(array_agg(old_order_id) || array_agg(new_order_id), null),
    count(*) filter (where new_order_id is null and related_id is not null and entry_type in ('PAYMENT', 'RECEIVE'))
  into p_updated, p_moved, p_skipped
  from updated;
end;
$$;

comment on function bo.replace_ledger_entries(bo.ledger_event [], timestamptz)
is 'Updates stored ledger rows that these events win over; returns their old and new orders';
