create view bo.dead_letters as
select
  letter.dlq_id,
  letter.topic,
  letter.partition,
  letter."offset",
  bo.bytes_as_text(letter.key) as key,
  bo.bytes_as_text(letter.payload) as payload,
  (
    select jsonb_agg(jsonb_build_array(bo.bytes_as_text(header.name), bo.bytes_as_text(header.value)) order by header.place)
    from unnest(letter.header_names, letter.header_values) with ordinality as header (name, value, place)
  ) as headers,
  letter.record_timestamp,
  letter.error,
  letter.error_detail,
  letter.profile_id,
  letter.correlation_id,
  letter.attempts,
  letter.status,
  letter.ingested_at,
  letter.resolved_at,
  letter.replaces
from bo.consumer_dlq_events as letter;

comment on view bo.dead_letters is 'Dead letters for people: bytes as text where they are text, else as \x hexadecimal digits';
