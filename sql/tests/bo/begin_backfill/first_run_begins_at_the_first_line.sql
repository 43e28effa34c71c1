begin;
select plan(2);

select test.freeze_clock('2026-02-05T01:00:05Z');
select is((select lines_applied from test.begin_backfill()), 0::bigint, 'nothing is applied yet');
select results_eq(
  'select kind, file_sha256, since, until, file_name, file_bytes, lines_applied, started_at, updated_at, finished_at
   from bo.backfill_progress',
  $$ values ('ledger', sha256('file-1'), null::timestamptz, null::timestamptz, '/data/file-1.jsonl', 1000::bigint, 0::bigint,
             '2026-02-05T01:00:05Z'::timestamptz, '2026-02-05T01:00:05Z'::timestamptz, null::timestamptz) $$,
  'and it is noted what is being read'
);

select * from finish();
rollback;
