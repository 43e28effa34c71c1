-- A backfill that was not finished goes on where it was; a finished one begins anew, which changes nothing where all is still there.
create or replace function bo.begin_backfill(
    p_kind text,
    p_file_sha256 bytea,
    p_since timestamptz,
    p_until timestamptz,
    p_file_name text,
    p_file_bytes bigint,
    p_restart boolean
)
returns table (backfill_id bigint, lines_applied bigint)
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  c_now constant timestamptz := bo.clock();
begin
  return query
  insert into bo.backfill_progress as known (
    kind, file_sha256, since, until, file_name, file_bytes, lines_applied, started_at, updated_at
  )
  values (p_kind, p_file_sha256, p_since, p_until, p_file_name, p_file_bytes, 0, c_now, c_now)
  on conflict on constraint backfill_is_known_once do update
    set
      file_name = excluded.file_name,
      lines_applied = case when p_restart or known.finished_at is not null then 0 else known.lines_applied end,
      started_at = case when p_restart or known.finished_at is not null then c_now else known.started_at end,
      updated_at = c_now,
      finished_at = null
  returning known.backfill_id, known.lines_applied;
end;
$$;

comment on function bo.begin_backfill(text, bytea, timestamptz, timestamptz, text, bigint, boolean)
is 'Notes that a file is being backfilled; returns its id and how many of its lines are applied already';
