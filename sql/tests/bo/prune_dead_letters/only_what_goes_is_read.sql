begin;
select plan(3);

-- As many open ones as closed ones, a second after another.
select test.freeze_clock('2026-03-01T00:00:00Z');
select test.apply(letters => array(select test.dead_letter(number) from generate_series(1, 6000) as number));
update bo.consumer_dlq_events
set status = 'DISCARDED', resolved_at = '2026-02-01T00:00:00Z'::timestamptz + "offset" * interval '1 s'
where "offset" > 3000;
analyze bo.consumer_dlq_events;

create temporary table before as select test.rows_read('bo.consumer_dlq_events') as rows;
select is(test.prune(14, max_letters => 50), 50::bigint, 'a part of the 3,000 that are due');
select cmp_ok(test.rows_read('bo.consumer_dlq_events') - before.rows, '<', 1000::bigint, 'and no others are read') from before;

create temporary table younger as select test.rows_read('bo.consumer_dlq_events') as rows;
select test.prune(100);
select cmp_ok(test.rows_read('bo.consumer_dlq_events') - younger.rows, '<', 10::bigint, 'nor any where none is due') from younger;

select * from finish();
rollback;
