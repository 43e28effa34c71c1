begin;
select plan(1);

set local bo.pairing_grace_sec = '0';
select test.freeze_clock('2026-02-05T01:00:00Z');
select test.apply(
  array[test.ledger_event('tx-1', event_time => '2026-02-05T00:59:30Z')], array[test.order_event()]
);
select test.freeze_clock('2026-02-05T01:00:01Z');
select test.apply(progress => array[test.progress(caught_up_age_us => 0)]);
select is(
  (test.lookup_payment_order('po-1')).body -> 'pairing', '{"reason": "WAITING_FOR_RECEIVE", "verdict": "OVERDUE", "age_sec": 31}',
  'its age is that of the half that is there'
);

select * from finish();
rollback;
