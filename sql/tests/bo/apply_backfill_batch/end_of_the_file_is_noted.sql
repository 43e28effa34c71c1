begin;
select plan(2);

create temporary table started as select * from test.begin_backfill();
select test.freeze_clock('2026-02-05T01:00:05Z');

select test.apply_backfill(backfill_id, 10) from started;
select is((select finished_at from bo.backfill_progress), null, 'not before');

select test.apply_backfill(backfill_id, 20, true) from started;
select is((select finished_at from bo.backfill_progress), '2026-02-05T01:00:05Z', 'by the database clock');

select * from finish();
rollback;
