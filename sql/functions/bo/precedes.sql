-- The body is bound to its operators when it is created, so that it needs no search_path and can be inlined.
create or replace function bo.precedes(
    p_event_time timestamptz, p_tx_id text, p_other_event_time timestamptz, p_other_tx_id text
)
returns boolean
language sql
immutable
security invoker
return p_tx_id is not null and (
  p_other_tx_id is null or (p_event_time, p_tx_id collate "C") < (p_other_event_time, p_other_tx_id collate "C")
);

comment on function bo.precedes(timestamptz, text, timestamptz, text)
is 'Whether the first entry takes the slot from the second; either may be missing (null)';
