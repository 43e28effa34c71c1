begin;
select plan(3);

select test.freeze_clock('2026-02-05T01:00:05Z');
select test.apply(progress => array[test.progress(caught_up_age_us => 0)]);

select test.apply(progress => array[test.progress(caught_up_age_us => 2000000)]);
select is((select applied_through from bo.consumer_progress), '2026-02-05T01:00:05Z', 'an older log end does not move it');

select test.apply(progress => array[test.progress(11)]);
select is((select applied_through from bo.consumer_progress), '2026-02-05T01:00:05Z', 'a log end not reached does not remove it');

select test.freeze_clock('2026-02-05T01:00:04Z');
select test.apply(progress => array[test.progress(12, caught_up_age_us => 0)]);
select is((select applied_through from bo.consumer_progress), '2026-02-05T01:00:05Z', 'a clock set back does not');

select * from finish();
rollback;
