create or replace function bo.store_dead_letters(p_letters bo.dead_letter [])
returns bigint
language plpgsql
volatile
security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
  v_stored bigint;
begin
  insert into bo.consumer_dlq_events (
    topic, partition, "offset", key, payload, header_names, header_values, record_timestamp, error, error_detail,
    profile_id, correlation_id, ingested_at
  )
  select letter.*, bo.clock()
  from unnest(p_letters) as letter
  order by letter.topic collate "C", letter.partition, letter."offset"
  on conflict do nothing;

  get diagnostics v_stored = row_count;
  return v_stored;
end;
$$;

comment on function bo.store_dead_letters(bo.dead_letter [])
is 'Keeps rejected records, each once; returns how many were new';
