create or replace function bo.read_progress(p_group_id text)
returns table (topic text, partition integer, next_offset bigint)
language plpgsql
stable
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  return query
  select progress.topic, progress.partition, progress.next_offset
  from bo.consumer_progress as progress
  where progress.group_id = p_group_id;
end;
$$;

comment on function bo.read_progress(text) is 'Next offset of each partition that this group has applied records of';
