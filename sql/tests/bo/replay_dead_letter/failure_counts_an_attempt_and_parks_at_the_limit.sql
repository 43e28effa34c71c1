begin;
select plan(5);

select test.apply(letters => array[test.dead_letter()]);

select is(test.replay(error => 'contract_core_violation', max_attempts => 3), 'failed OPEN 2 contract_core_violation', 'first replay');
select is(test.replay(error => 'parse_error', max_attempts => 3), 'parked PARKED 3 parse_error', 'at the limit');
select is(test.replay(error => 'parse_error', max_attempts => 3), 'parked PARKED 4 parse_error', 'again, when asked for');
select results_eq(
  'select error, error_detail, resolved_at from bo.consumer_dlq_events',
  $$ values ('parse_error', 'unexpected end', null::timestamptz) $$, 'the error is that of the last attempt'
);
select is(test.replay(7, test.ledger_event()), 'inserted RESOLVED 5', 'a parked letter can still be resolved');

select * from finish();
rollback;
