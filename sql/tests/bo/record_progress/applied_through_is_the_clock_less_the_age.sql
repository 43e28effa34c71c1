begin;
select plan(3);

select test.freeze_clock('2026-02-05T01:00:05Z');

select test.apply(progress => array[test.progress()]);
select is((select applied_through from bo.consumer_progress), null, 'null until a log end was reached');

select test.apply(progress => array[test.progress(caught_up_age_us => 1500001)]);
select is((select applied_through from bo.consumer_progress), '2026-02-05T01:00:03.499999Z', 'the age is in microseconds');

select test.apply(progress => array[test.progress(caught_up_age_us => 0)]);
select is((select applied_through from bo.consumer_progress), '2026-02-05T01:00:05Z', 'no age is now');

select * from finish();
rollback;
