begin;
select plan(3);

select test.apply_backfill(backfill_id, 42, true) from test.begin_backfill();
select isnt((select finished_at from bo.backfill_progress), null, 'a file is finished');

select is((select lines_applied from test.begin_backfill()), 0::bigint, 'the next run reads it all');
select is((select finished_at from bo.backfill_progress), null, 'and it is not finished until then');

select * from finish();
rollback;
