create or replace function bo.list_dead_letters(
    p_filter bo.dead_letter_filter,
    p_raw boolean default false,
    p_actor text default null,
    p_reason text default null
)
returns table (
    status text, error text, topic text, letters bigint, first_at timestamptz, last_at timestamptz,
    example_id bigint, example_detail text, example_key text
)
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  if p_raw then
    perform bo.log_dlq_action('LIST_RAW', p_actor, p_reason, null, 'shown', to_jsonb(p_filter) - 'key');
  end if;

  return query
  select
    found.status, found.error, found.topic, found.letters, found.first_at, found.last_at,
    example.dlq_id, example.error_detail,
    case when p_raw then bo.bytes_as_text(example.key) else bo.masked_text(example.key) end
  from (
    select
      letter.status, letter.error, letter.topic, count(*) as letters, min(letter.ingested_at) as first_at,
      max(letter.ingested_at) as last_at, min(letter.dlq_id) as example_id
    from bo.consumer_dlq_events as letter
    where bo.matches(letter, p_filter)
    group by letter.status, letter.error, letter.topic
  ) as found
  inner join bo.consumer_dlq_events as example on example.dlq_id = found.example_id
  order by found.letters desc, found.error, found.topic, found.status;
end;
$$;

comment on function bo.list_dead_letters(bo.dead_letter_filter, boolean, text, text)
is 'Dead letters by status, error and topic, each group with an example; raw, with its key as it is, which needs a reason and is logged';
