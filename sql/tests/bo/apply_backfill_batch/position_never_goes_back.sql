begin;
select plan(3);

create temporary table started as select * from test.begin_backfill();

select test.apply_backfill(backfill_id, 20) from started;
select test.apply_backfill(backfill_id, 10) from started;
select is((select lines_applied from bo.backfill_progress), 20::bigint, 'workers may finish in any order');

select test.apply_backfill(backfill_id) from started;
select is((select lines_applied from bo.backfill_progress), 20::bigint, 'a part of a batch has no position');

select throws_ok('update bo.backfill_progress set lines_applied = -1', '23514', null, 'and none is negative');

select * from finish();
rollback;
