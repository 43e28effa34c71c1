begin;
select plan(4);

select test.freeze_clock('2026-02-06T01:00:00Z');
select test.apply(letters => array[test.dead_letter(1), test.dead_letter(2), test.dead_letter(3), test.dead_letter(4)]);
select test.replay(1, test.ledger_event());
select test.replay(2, error => 'parse_error', max_attempts => 2);

select is(test.discard(max_letters => 2), '{2,3}', 'in the order of their ids, as many as asked for');
select is(test.discard(), '{4}', 'the next call goes on');
select results_eq(
  'select "offset", status, resolved_at from bo.consumer_dlq_events where "offset" > 1 order by "offset"',
  $$ select "offset", 'DISCARDED', '2026-02-06T01:00:00Z'::timestamptz from generate_series(2::bigint, 4) as "offset" $$, 'they are kept'
);
select results_eq(
  'select actor, reason, outcome from bo.dlq_actions where action = ''DISCARD''',
  $$ select 'alice', 'sent by mistake', 'discarded' from generate_series(1, 3) $$, 'each on record'
);

select * from finish();
rollback;
