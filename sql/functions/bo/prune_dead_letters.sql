-- Open and parked letters stay for ever. A replacement was closed in the transaction that closed its original, so the two go
-- together. Only one caller works at a time; another returns 0 at once.
create or replace function bo.prune_dead_letters(p_days integer, p_actor text default session_user, p_limit integer default 10000)
returns bigint
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  c_job_lock constant integer := 4041003; -- advisory lock of this job
  v_before constant timestamptz := bo.clock() - p_days * interval '1 day';
  v_pruned bigint;
begin
  if p_days < 0 then
    raise invalid_parameter_value using message = 'days must not be negative';
  end if;
  if not pg_try_advisory_xact_lock(c_job_lock) then
    return 0::bigint;
  end if;

  with due as (
    select letter.dlq_id
    from bo.consumer_dlq_events as letter
    where letter.status in ('RESOLVED', 'DISCARDED') and letter.resolved_at < v_before
    order by letter.resolved_at
    fetch first p_limit rows with ties
  ),

  -- The conditions again: a discarded letter may have been opened by a replay meanwhile.
  locked as (
    select letter.dlq_id
    from bo.consumer_dlq_events as letter
    where
      letter.dlq_id = any(array(select due.dlq_id from due)) -- a join may be planned so that it reads all that are due
      and letter.status in ('RESOLVED', 'DISCARDED') and letter.resolved_at < v_before
    order by letter.dlq_id
    for update of letter
  )

  delete from bo.consumer_dlq_events as letter
  using locked
  where letter.dlq_id = locked.dlq_id;
  get diagnostics v_pruned = row_count;

  if v_pruned > 0 then
    perform bo.log_dlq_action(
      'PRUNE', p_actor, null, null, 'pruned', jsonb_build_object('letters', v_pruned, 'closed_before', v_before)
    );
  end if;
  return v_pruned;
end;
$$;

comment on function bo.prune_dead_letters(integer, text, integer)
is 'Deletes dead letters that were resolved or discarded more than some days ago, up to a limit; returns how many';
