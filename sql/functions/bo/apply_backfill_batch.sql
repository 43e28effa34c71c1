-- No second way in: what is applied goes through bo.apply_batch(), and the position commits with it. Workers that finish out of order
-- each tell what held when they called, so the greatest holds. Without an id (a stream) there is no position to keep.
create or replace function bo.apply_backfill_batch(
    p_backfill_id bigint,
    p_lines_applied bigint,
    p_finished boolean,
    p_dead_letters bo.dead_letter [],
    p_ledger_events bo.ledger_event [],
    p_order_events bo.payment_order_event []
)
returns bo.batch_result
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_result bo.batch_result;
begin
  v_result := bo.apply_batch(null, p_dead_letters, p_ledger_events, p_order_events, null);

  update bo.backfill_progress as progress
  set
    lines_applied = greatest(progress.lines_applied, p_lines_applied),
    updated_at = bo.clock(),
    finished_at = case when p_finished then bo.clock() end
  where progress.backfill_id = p_backfill_id;

  return v_result;
end;
$$;

comment on function bo.apply_backfill_batch(
  bigint, bigint, boolean, bo.dead_letter [], bo.ledger_event [], bo.payment_order_event []
) is 'bo.apply_batch() for lines of a file: notes up to which line all is applied (null: as before), and whether that was the end';
