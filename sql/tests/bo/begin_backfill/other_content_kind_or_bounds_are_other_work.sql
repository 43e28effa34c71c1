begin;
select plan(5);

select test.apply_backfill(backfill_id, 42) from test.begin_backfill();

select is((select lines_applied from test.begin_backfill(file => 'file-1 ')), 0::bigint, 'an edited file');
select is((select lines_applied from test.begin_backfill(kind => 'payment_order')), 0::bigint, 'the other kind');
select is((select lines_applied from test.begin_backfill(since => '2026-02-05T00:00:00Z')), 0::bigint, 'a since');
select is((select lines_applied from test.begin_backfill(until => '2026-02-05T00:00:00Z')), 0::bigint, 'an until');
select is((select lines_applied from test.begin_backfill()), 42::bigint, 'none of which touches the first');

select * from finish();
rollback;
