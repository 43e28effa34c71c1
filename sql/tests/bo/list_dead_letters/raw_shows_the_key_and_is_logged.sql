begin;
select plan(5);

select test.apply(letters => array[test.dead_letter()]);

select is((select line ->> 'example_key' from test.list(raw => true, reason => 'ticket 7') as line), 'tx-1', 'the key as it is');
select results_eq(
  'select actor, action, reason, outcome from bo.dlq_actions', $$ values ('alice', 'LIST_RAW', 'ticket 7', 'shown') $$, 'on record'
);
select is((select detail ? 'key' from bo.dlq_actions), false, 'without the key that was asked for');
select throws_ok('select test.list(raw => true)', '23514', null, 'not without a reason');
select throws_ok('select test.list(raw => true, reason => '' '')', '23514', null, 'nor with a blank one');

select * from finish();
rollback;
