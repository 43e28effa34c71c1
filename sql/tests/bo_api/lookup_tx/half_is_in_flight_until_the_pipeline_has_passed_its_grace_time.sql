begin;
select plan(3);

set local bo.pairing_grace_sec = '60';
select test.freeze_clock('2026-02-05T01:00:05Z');
select test.apply_ledger(test.ledger_event('tx-1', event_time => '2026-02-05T01:00:00Z'));
select test.freeze_clock('2026-02-05T01:10:00Z');

create function pg_temp.pairing() returns jsonb language sql return (test.lookup_tx('tx-1')).body -> 'pairing';

select is(
  pg_temp.pairing(), '{"reason": "WAITING_FOR_RECEIVE", "verdict": "IN_FLIGHT", "age_sec": 600}',
  'nothing is known of the pipeline, so nothing is overdue however old'
);
select test.apply(progress => array[test.progress(caught_up_age_us => 535000000)]);
select is(pg_temp.pairing() ->> 'verdict', 'IN_FLIGHT', 'all up to 01:01:05 is applied, which is not past the grace time');
select test.apply(progress => array[test.progress(caught_up_age_us => 534999999)]);
select is(pg_temp.pairing() ->> 'verdict', 'OVERDUE', 'a microsecond more');

select * from finish();
rollback;
