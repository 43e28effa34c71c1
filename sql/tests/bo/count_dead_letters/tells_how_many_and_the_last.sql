begin;
select plan(2);

select test.apply(letters => array[test.dead_letter(1), test.dead_letter(2), test.dead_letter(3)]);
select test.replay(2, test.ledger_event());

select results_eq(
  'select * from bo.count_dead_letters(test.letters(statuses => ''{OPEN}''))', 'values (2::bigint, test.dlq_id(3))', 'of the filter'
);
select results_eq(
  'select * from bo.count_dead_letters(test.letters(topic => ''none''))', 'values (0::bigint, null::bigint)', 'of no letters'
);

select * from finish();
rollback;
