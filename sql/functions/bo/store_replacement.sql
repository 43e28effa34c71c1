create or replace function bo.store_replacement(p_dlq_id bigint, p_payload bytea, p_now timestamptz)
returns bigint
language sql
volatile
security invoker
set search_path = pg_catalog, pg_temp
as $$
  insert into bo.consumer_dlq_events (
    topic, partition, "offset", key, payload, header_names, header_values, record_timestamp, error, error_detail, profile_id,
    correlation_id, status, ingested_at, resolved_at, replaces
  )
  select
    letter.topic, letter.partition, letter."offset", letter.key, p_payload, letter.header_names, letter.header_values,
    letter.record_timestamp, letter.error, letter.error_detail, letter.profile_id, letter.correlation_id, 'RESOLVED',
    p_now, p_now, letter.dlq_id
  from bo.consumer_dlq_events as letter
  where letter.dlq_id = p_dlq_id and p_payload is not null and p_payload is distinct from letter.payload
  returning dlq_id;
$$;

comment on function bo.store_replacement(bigint, bytea, timestamptz)
is 'Keeps the edited payload that a dead letter is resolved by, beside the letter; returns its id, null when nothing was edited';
