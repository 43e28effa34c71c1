begin;
select plan(4);

select is(
  (test.apply(letters => array[test.dead_letter(), test.dead_letter()])).dead_letters_stored, 1::bigint, 'twice in a batch: once'
);
select is(
  (test.apply(letters => array[test.dead_letter(), test.dead_letter(8)])).dead_letters_stored, 1::bigint,
  'again beside a new one: only that'
);
select is(
  (test.apply(letters => array[test.dead_letter(error => 'internal_error')])).dead_letters_stored, 0::bigint,
  'again with another error: not again'
);
select results_eq(
  'select "offset", error, attempts from bo.consumer_dlq_events order by "offset"',
  $$ values (7::bigint, 'parse_error', 1), (8::bigint, 'parse_error', 1) $$, 'the first stays as it was'
);

select * from finish();
rollback;
