begin;
select plan(3);

select test.apply(letters => array[test.dead_letter(7), test.dead_letter(8, '\x00ff', key => '\xc328')]);

select results_eq(
  'select line ->> ''key'', line ->> ''payload'' from test.show(raw => true, reason => ''ticket 7'') as line',
  $$ values ('tx-1', '{"tx_id":'), ('\xc328', '\x00ff') $$, 'as they came; other bytes as hexadecimal digits'
);
select results_eq(
  'select actor, action, reason, dlq_id, outcome from bo.dlq_actions order by dlq_id',
  $$ values ('alice', 'SHOW_RAW', 'ticket 7', test.dlq_id(7), 'shown'), ('alice', 'SHOW_RAW', 'ticket 7', test.dlq_id(8), 'shown') $$,
  'on record, each'
);
select throws_ok('select test.show(raw => true)', '23514', null, 'not without a reason');

select * from finish();
rollback;
