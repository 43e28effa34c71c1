-- Records, never fences: a worker that was thought dead may still write, and latest-wins makes that harmless.
-- The ages are as of p_asked_at. They count from before the batch was applied: what came while it waited for locks is not in it.
create or replace function bo.record_progress(p_group_id text, p_progress bo.partition_progress [], p_asked_at timestamptz)
returns void
language plpgsql
volatile
security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
  insert into bo.consumer_progress as stored (group_id, topic, partition, next_offset, applied_through, kind)
  select
    p_group_id, progress.topic, progress.partition, progress.next_offset,
    p_asked_at - progress.caught_up_age_us * interval '1 microsecond', progress.kind
  from unnest(p_progress) as progress
  order by progress.topic, progress.partition
  on conflict (group_id, topic, partition) do update
    set
      next_offset = excluded.next_offset,
      -- A time to come is that of a clock which was ahead: it would hide every lag until then.
      applied_through = case
        when stored.applied_through <= p_asked_at then greatest(stored.applied_through, excluded.applied_through)
        else excluded.applied_through
      end,
      kind = coalesce(excluded.kind, stored.kind);
end;
$$;

comment on function bo.record_progress(text, bo.partition_progress [], timestamptz)
is 'Notes how far partitions are applied, in the transaction that applied them';
