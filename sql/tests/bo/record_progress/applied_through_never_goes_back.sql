begin;
select plan(4);

select test.freeze_clock('2026-02-05T01:00:05Z');
select test.apply(progress => array[test.progress(caught_up_age_us => 0)]);

select test.apply(progress => array[test.progress(caught_up_age_us => 2000000)]);
select is((select applied_through from bo.consumer_progress), '2026-02-05T01:00:05Z', 'an older log end does not move it');

select test.apply(progress => array[test.progress(11)]);
select is((select applied_through from bo.consumer_progress), '2026-02-05T01:00:05Z', 'a log end not reached does not remove it');

select test.freeze_clock('2026-02-05T01:00:04Z');
select test.apply(progress => array[test.progress(12, caught_up_age_us => 0)]);
select is((select applied_through from bo.consumer_progress), '2026-02-05T01:00:04Z', 'it is never later than the clock, which was set back');

select test.freeze_clock('2026-02-05T01:00:03Z');
select test.apply(progress => array[test.progress(13)]);
select is((select applied_through from bo.consumer_progress), null, 'while the log end is not reached nobody knows then');

select * from finish();
rollback;
