begin;
select plan(1);

select test.apply(letters => array[
  test.dead_letter(record_timestamp => '2026-02-05T01:00:02.123456Z'), test.dead_letter(8, record_timestamp => null)
]);

select results_eq(
  $$ select record_timestamp_us from bo.claim_dead_letter(test.letters(from_id => test.dlq_id(7)))
     union all
     select record_timestamp_us from bo.claim_dead_letter(test.letters(from_id => test.dlq_id(8))) $$,
  'values (1770253202123456), (null::bigint)', 'to the last digit; null when there is none'
);

select * from finish();
rollback;
