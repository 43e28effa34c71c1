-- The body is bound to its types when it is created, so that it needs no search_path and can be inlined.
create or replace function bo.matches(p_letter bo.consumer_dlq_events, p_filter bo.dead_letter_filter)
returns boolean
language sql
stable
security invoker
return (
  ((p_filter).topic is null or (p_letter).topic = (p_filter).topic)
  and ((p_filter).error is null or (p_letter).error = (p_filter).error)
  and ((p_filter).since is null or (p_letter).ingested_at >= (p_filter).since)
  and ((p_filter).until is null or (p_letter).ingested_at < (p_filter).until)
  and ((p_filter).key is null or (p_letter).key = (p_filter).key)
  and ((p_filter).from_id is null or (p_letter).dlq_id >= (p_filter).from_id)
  and ((p_filter).to_id is null or (p_letter).dlq_id <= (p_filter).to_id)
  and ((p_filter).statuses is null or (p_letter).status = any((p_filter).statuses))
);

comment on function bo.matches(bo.consumer_dlq_events, bo.dead_letter_filter) is 'Whether a dead letter is one of those asked for';
