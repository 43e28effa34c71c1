begin;
select plan(3);

select test.apply(letters => array[
  test.dead_letter(
    1, convert_to('{"상태": 1}', 'UTF8'), key => 'tx-1', header_names => '{b,a,a}', header_values => array['1', null, '\xff']::bytea []
  ),
  test.dead_letter(2, '\x00', key => '\xc328'), test.dead_letter(3, null, key => null)
]);

select results_eq(
  'select key, payload from bo.dead_letters order by "offset"',
  $$ values ('tx-1', '{"상태": 1}'), ('\xc328', '\x00'), (null, null) $$, 'invalid UTF-8 and NUL are shown as hexadecimal digits'
);
select results_eq(
  'select headers from bo.dead_letters order by "offset"',
  $$ values ('[["b", "1"], ["a", null], ["a", "\\xff"]]'::jsonb), (null), (null) $$, 'headers in their order, with duplicates'
);
select results_eq(
  'select view::text from (select dlq_id, topic, partition, "offset", record_timestamp, error, error_detail, profile_id,
     correlation_id, attempts, status, ingested_at from bo.dead_letters) as view',
  'select stored::text from (select dlq_id, topic, partition, "offset", record_timestamp, error, error_detail, profile_id,
     correlation_id, attempts, status, ingested_at from bo.consumer_dlq_events) as stored',
  'all else is as stored'
);

select * from finish();
rollback;
