begin;
select plan(4);

select test.apply(letters => array[test.dead_letter(1)]);

select is(test.import(test.dead_letter(1), test.dead_letter(2), test.dead_letter(3)), 2::bigint, 'those that are not here yet');
select results_eq(
  'select "offset", status, attempts from bo.consumer_dlq_events order by 1',
  $$ values (1::bigint, 'OPEN', 1), (2, 'OPEN', 1), (3, 'OPEN', 1) $$, 'to be worked on like any other'
);
select is(test.import(test.dead_letter(2), test.dead_letter(3)), 0::bigint, 'again changes nothing');
select results_eq(
  'select actor, action, outcome, detail from bo.dlq_actions',
  $$ values ('alice', 'IMPORT', 'imported', '{"letters": 2, "source": "letters.jsonl"}'::jsonb) $$, 'who brought what is on record'
);

select * from finish();
rollback;
