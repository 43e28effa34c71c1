begin;
select plan(1);

select test.apply(letters => array[test.dead_letter()]);
select test.replay(7, test.ledger_event(), edited_payload => '{}');

select results_eq(
  'select (line ->> ''dlq_id'')::bigint = test.dlq_id(7), line -> ''replaces'' is not null and line ->> ''replaces'' = test.dlq_id(7)::text,
          line ->> ''replaced_by'' is not null from test.show() as line',
  'values (true, null::boolean, true), (false, true, false)', 'by their ids'
);

select * from finish();
rollback;
