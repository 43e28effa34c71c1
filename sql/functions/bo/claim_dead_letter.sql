-- The claim is the row lock of the caller's transaction: it ends with the commit, or with the caller, however that ends. What
-- another transaction holds is skipped, so nobody waits and no letter is in two hands.
-- No sort: how many letters a filter leaves can't be told beforehand, and sorting all of them for the first one is always wrong.
create or replace function bo.claim_dead_letter(p_filter bo.dead_letter_filter)
returns table (dlq_id bigint, topic text, payload bytea, record_timestamp_us bigint)
language sql
volatile
security definer
set search_path = pg_catalog, pg_temp
set enable_sort = off
as $$
  select
    letter.dlq_id, letter.topic, letter.payload,
    (extract(epoch from letter.record_timestamp) * 1000000)::bigint
  from bo.consumer_dlq_events as letter
  where
    letter.dlq_id >= coalesce((p_filter).from_id, 0) -- known to matches() too, but the index needs it said here
    and bo.matches(letter, p_filter) and letter.status <> 'RESOLVED'
  order by letter.dlq_id
  limit 1
  for update of letter skip locked;
$$;

comment on function bo.claim_dead_letter(bo.dead_letter_filter)
is 'The first matching dead letter that is not resolved and in nobody''s hands; it is the caller''s until his transaction ends';
