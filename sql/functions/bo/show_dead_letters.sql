create or replace function bo.show_dead_letters(
    p_filter bo.dead_letter_filter,
    p_limit integer default 20,
    p_raw boolean default false,
    p_actor text default null,
    p_reason text default null
)
returns table (
    dlq_id bigint, status text, error text, error_detail text, attempts integer, topic text, partition integer, record_offset bigint,
    record_timestamp timestamptz, ingested_at timestamptz, resolved_at timestamptz, profile_id text, correlation_id text,
    replaces bigint, replaced_by bigint, key text, headers json, payload json
)
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_letter bo.consumer_dlq_events;
begin
  for v_letter in
    select letter.* from bo.consumer_dlq_events as letter where bo.matches(letter, p_filter) order by letter.dlq_id limit p_limit
  loop
    if p_raw then
      perform bo.log_dlq_action('SHOW_RAW', p_actor, p_reason, v_letter.dlq_id, 'shown');
    end if;

    return query
    select
      v_letter.dlq_id, v_letter.status, v_letter.error, v_letter.error_detail, v_letter.attempts, v_letter.topic,
      v_letter.partition, v_letter."offset", v_letter.record_timestamp, v_letter.ingested_at, v_letter.resolved_at,
      v_letter.profile_id, v_letter.correlation_id, v_letter.replaces,
      (select replacement.dlq_id from bo.consumer_dlq_events as replacement where replacement.replaces = v_letter.dlq_id),
      case when p_raw then bo.bytes_as_text(v_letter.key) else bo.masked_text(v_letter.key) end,
      (
        select json_agg(json_build_array(
          bo.bytes_as_text(header.name), case when p_raw then bo.bytes_as_text(header.value) else bo.masked_text(header.value) end
        ) order by header.place)
        from unnest(v_letter.header_names, v_letter.header_values) with ordinality as header (name, value, place)
      ),
      case when p_raw then to_json(bo.bytes_as_text(v_letter.payload)) else bo.masked_payload(v_letter.payload) end;
  end loop;
end;
$$;

comment on function bo.show_dead_letters(bo.dead_letter_filter, integer, boolean, text, text)
is 'Dead letters one by one, their values masked; raw, as they are, which needs a reason and is logged for each';
