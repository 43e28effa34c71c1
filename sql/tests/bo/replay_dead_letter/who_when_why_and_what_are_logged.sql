begin;
select plan(2);

select test.freeze_clock('2026-02-06T01:00:00Z');
select test.apply(letters => array[test.dead_letter(7), test.dead_letter(8)]);
select test.replay(7, error => 'parse_error', reason => 'producer fixed');
select test.replay(8, test.ledger_event());

select results_eq(
  'select acted_at, actor, action, reason, dlq_id, outcome, detail from bo.dlq_actions order by action_id',
  $$ values
    ('2026-02-06T01:00:00Z'::timestamptz, 'alice', 'REPLAY', 'producer fixed', test.dlq_id(7), 'failed',
     '{"attempts": 2, "error": "parse_error", "error_detail": "unexpected end"}'::jsonb),
    ('2026-02-06T01:00:00Z', 'alice', 'REPLAY', null, test.dlq_id(8), 'inserted', '{"attempts": 2}') $$,
  'one row an attempt'
);
select is((select distinct login_role from bo.dlq_actions), session_user::text, 'with the role that was logged in');

select * from finish();
rollback;
