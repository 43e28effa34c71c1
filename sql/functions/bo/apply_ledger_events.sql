-- Insert first, then replace: what "do nothing" skips is committed by then, since no row is ever deleted, so that the second
-- part meets every row that was there before. Each part takes its locks in tx_id order, and nobody in the second part waits
-- for somebody in the first: no cycle of waits. Events that change nothing write nothing, not even a row lock.
-- entries: eligible entries that were really inserted. moved: orders that updated rows left or entered, whose pairs can't
-- be told from inserts alone. skipped: applied PAYMENT and RECEIVE entries of another related_type.
create or replace function bo.apply_ledger_events(p_events bo.ledger_event [])
returns bo.ledger_result
language plpgsql
volatile
security invoker
set search_path = pg_catalog, pg_temp
set timezone = 'UTC'
set datestyle = 'ISO, MDY'
as $$
declare
  v_now constant timestamptz := bo.clock();
  v_result bo.ledger_result;
  v_replaced record;
  v_is_untimed boolean;
  v_newer bo.ledger_event[];
  v_identical bigint;
begin
  select
    count(*) filter (where event.source_version is null and event.updated_at is null),
    bool_or(event.record_timestamp is null)
  into v_result.version_missing, v_is_untimed
  from unnest(p_events) as event;
  if v_is_untimed then
    p_events := bo.with_record_timestamp(p_events);
  end if;

  -- A replay or redelivery: whatever is stored already need not be sorted, nor tried to be inserted.
  v_result.duplicate := cardinality(p_events)::bigint;
  if exists (select from bo.ledger_entries as entry where entry.tx_id = p_events[1].tx_id) then
    p_events := bo.not_stored(p_events);
  end if;
  v_result.duplicate := v_result.duplicate - cardinality(p_events);

  with inserted as (
    insert into bo.ledger_entries as entry (
      tx_id, wallet_id, entry_type, amount, amount_signed, related_id, related_type, event_time, created_at,
      updated_at, source_version, record_timestamp, ingested_at
    )
    select event.*, v_now from bo.winning_ledger_events(p_events) as event
    on conflict (tx_id) do nothing
    returning
      entry.tx_id, entry.wallet_id, entry.entry_type, entry.event_time, entry.amount, entry.related_id,
      bo.pairing_order_id(entry.entry_type, entry.related_id, entry.related_type) as order_id
  )
  select
    count(*),
    array_agg(row(order_id, entry_type, tx_id, wallet_id, event_time, amount)::bo.pair_entry) filter (where order_id is not null),
    count(*) filter (where order_id is null and related_id is not null and entry_type in ('PAYMENT', 'RECEIVE'))
  into v_result.inserted, v_result.entries, v_result.skipped
  from inserted;

  v_result.updated := 0;
  v_result.stale := 0;
  if v_result.inserted = cardinality(p_events) then
    return v_result;
  end if;

  -- What was inserted above counts as identical here.
  select
    count(*) filter (where event *= bo.as_event(entry)),
    array_agg(event) filter (where not event *= bo.as_event(entry) and bo.supersedes(event, bo.as_event(entry)))
  into v_identical, v_newer
  from unnest(p_events) as event
  inner join bo.ledger_entries as entry on entry.tx_id = event.tx_id;

  if v_newer is not null then
    v_replaced := bo.replace_ledger_entries(v_newer, v_now);
    v_result.updated := v_replaced.p_updated;
    v_result.moved := v_replaced.p_moved;
    v_result.skipped := v_result.skipped + v_replaced.p_skipped;

    v_identical := v_identical + (
      select count(*)
      from unnest(v_newer) as event
      inner join bo.ledger_entries as entry on entry.tx_id = event.tx_id
      where event *= bo.as_event(entry)
    );
  end if;

  v_result.duplicate := v_result.duplicate + v_identical - v_result.inserted - v_result.updated;
  v_result.stale := cardinality(p_events) - v_identical;
  return v_result;
end;
$$;

comment on function bo.apply_ledger_events(bo.ledger_event [])
is 'Applies ledger events by latest-wins; tells their outcomes and what pairing has to do';
