begin;
select plan(4);

select test.freeze_clock('2026-02-01T00:00:00Z');
select test.apply(letters => array[
  test.dead_letter(1), test.dead_letter(2), test.dead_letter(3), test.dead_letter(4), test.dead_letter(5)
]);
select test.replay(1, test.ledger_event(), edited_payload => '{}');
select test.discard(test.letters(from_id => test.dlq_id(2), to_id => test.dlq_id(2)));
select test.replay(3, error => 'parse_error', max_attempts => 2);
select test.freeze_clock('2026-02-02T00:00:00Z');
select test.replay(4, test.ledger_event('tx-4'));
select test.freeze_clock('2026-02-15T12:00:00Z');

select is(test.prune(14), 3::bigint, 'resolved with its replacement, and discarded');
select results_eq(
  'select "offset", status from bo.consumer_dlq_events order by "offset"',
  $$ values (3::bigint, 'PARKED'), (4, 'RESOLVED'), (5, 'OPEN') $$, 'parked and open ones stay, however old'
);
select is(test.prune(14), 0::bigint, 'again, nothing is due');
select results_eq(
  'select actor, outcome, detail from bo.dlq_actions where action = ''PRUNE''',
  $$ values ('consumer-1', 'pruned', '{"letters": 3, "closed_before": "2026-02-01T12:00:00+00:00"}'::jsonb) $$, 'on record, once'
);

select * from finish();
rollback;
