create or replace function bo.count_dead_letters(p_filter bo.dead_letter_filter, out letters bigint, out last_id bigint)
language sql
stable
security definer
set search_path = pg_catalog, pg_temp
as $$
  select count(*), max(letter.dlq_id) from bo.consumer_dlq_events as letter where bo.matches(letter, p_filter);
$$;

comment on function bo.count_dead_letters(bo.dead_letter_filter)
is 'How many dead letters match, and the last of them: what a replay that starts now has before it';
