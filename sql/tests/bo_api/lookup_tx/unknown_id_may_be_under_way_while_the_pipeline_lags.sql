begin;
select plan(2);

set local bo.pairing_grace_sec = '10';
select test.freeze_clock('2026-02-05T01:00:00Z');
select test.apply(progress => array[test.progress(caught_up_age_us => 10001000)]);
select is((test.lookup_tx('tx-1')).body -> 'may_be_in_flight', 'true', 'more than the grace time');
select test.apply(progress => array[test.progress(caught_up_age_us => 10000000)]);
select is((test.lookup_tx('tx-1')).body -> 'may_be_in_flight', 'false', 'all of that time is applied');

select * from finish();
rollback;
