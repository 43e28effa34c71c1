begin;
select plan(4);

select test.freeze_clock('2026-02-05T01:00:05Z');
select test.apply_backfill(backfill_id, 42) from test.begin_backfill();

select test.freeze_clock('2026-02-05T02:00:05Z');
select is((select lines_applied from test.begin_backfill(file_name => '/renamed.jsonl')), 42::bigint, 'also under another name');
select results_eq(
  'select file_name, started_at, updated_at from bo.backfill_progress',
  $$ values ('/renamed.jsonl', '2026-02-05T01:00:05Z'::timestamptz, '2026-02-05T02:00:05Z'::timestamptz) $$,
  'it is the same work, begun long ago'
);

select is((select lines_applied from test.begin_backfill(restart => true)), 0::bigint, 'unless it is told to begin anew');
select is((select started_at from bo.backfill_progress), '2026-02-05T02:00:05Z', 'which is other work');

select * from finish();
rollback;
