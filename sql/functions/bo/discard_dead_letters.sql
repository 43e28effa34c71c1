-- No sort, as in bo.claim_dead_letter().
create or replace function bo.discard_dead_letters(
    p_filter bo.dead_letter_filter,
    p_limit integer,
    p_actor text,
    p_reason text
)
returns table (dlq_id bigint, outcome text, error text, topic text)
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
set enable_sort = off
as $$
declare
  v_letter record;
begin
  for v_letter in
    select letter.dlq_id, letter.error, letter.topic
    from bo.consumer_dlq_events as letter
    where
      letter.dlq_id >= coalesce((p_filter).from_id, 0) -- known to matches() too, but the index needs it said here
      and bo.matches(letter, p_filter) and letter.status in ('OPEN', 'PARKED')
    order by letter.dlq_id
    limit p_limit
    for update of letter skip locked
  loop
    update bo.consumer_dlq_events as letter
    set status = 'DISCARDED', resolved_at = bo.clock()
    where letter.dlq_id = v_letter.dlq_id;
    perform bo.log_dlq_action('DISCARD', p_actor, p_reason, v_letter.dlq_id, 'discarded');
    return query select v_letter.dlq_id, 'discarded', v_letter.error, v_letter.topic;
  end loop;
end;
$$;

comment on function bo.discard_dead_letters(bo.dead_letter_filter, integer, text, text)
is 'Gives up matching dead letters that are open or parked, in the order of their ids; skips those in other hands';
