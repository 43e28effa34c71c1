-- The one way in for every event: live, replayed, backfilled or single. All of a batch commits or none of it, and every writer
-- takes its locks in one order: dead letters, ledger by tx_id, orders by order_id, pairs by payment_order_id, progress.
create or replace function bo.apply_batch(
    p_group_id text,
    p_dead_letters bo.dead_letter [],
    p_ledger_events bo.ledger_event [],
    p_order_events bo.payment_order_event [],
    p_progress bo.partition_progress []
)
returns bo.batch_result
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_asked_at constant timestamptz := bo.clock();
  v_letters_stored bigint;
  v_ledger bo.ledger_result;
  v_orders bo.write_result;
  v_pairs bo.pairing_result;
begin
  if cardinality(p_dead_letters) > 0 then
    v_letters_stored := bo.store_dead_letters(p_dead_letters);
  end if;
  if cardinality(p_ledger_events) > 0 then
    v_ledger := bo.apply_ledger_events(p_ledger_events);
  end if;
  if cardinality(p_order_events) > 0 then
    v_orders := bo.apply_payment_order_events(p_order_events);
  end if;
  if v_ledger.entries is not null or v_ledger.moved is not null then
    v_pairs := bo.apply_pairs(v_ledger.entries, v_ledger.moved);
  end if;
  if cardinality(p_progress) > 0 then
    perform bo.record_progress(p_group_id, p_progress, v_asked_at);
  end if;

  return row(
    coalesce(v_letters_stored, 0),
    v_ledger.inserted, v_ledger.updated, v_ledger.duplicate, v_ledger.stale, v_ledger.version_missing,
    v_orders.inserted, v_orders.updated, v_orders.duplicate, v_orders.stale, v_orders.version_missing,
    v_pairs.touched, v_pairs.incomplete, v_pairs.oldest_incomplete_age_sec, v_ledger.skipped
  )::bo.batch_result;
end;
$$;

comment on function bo.apply_batch(
  text, bo.dead_letter [], bo.ledger_event [], bo.payment_order_event [], bo.partition_progress []
) is 'Applies a batch of events, rejected records and progress, all or nothing';
