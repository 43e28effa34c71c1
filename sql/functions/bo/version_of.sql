-- The order of latest-wins (contract.md section 2) is the order of this composite type, then of the events' text form.
-- The body is bound to its type when it is created, so that it needs no search_path and can be inlined.
create or replace function bo.version_of(p_source_version bigint, p_updated_at timestamptz, p_record_timestamp timestamptz)
returns bo.event_version
language sql
immutable
security invoker
return row(
  p_source_version is not null, p_source_version, p_updated_at is not null, p_updated_at, p_record_timestamp
)::bo.event_version;

comment on function bo.version_of(bigint, timestamptz, timestamptz)
is 'Key of latest-wins of an event: the greatest wins';
