begin;
select plan(3);

select test.freeze_clock('2026-02-06T01:00:00Z');
select test.apply(letters => array[test.dead_letter(header_names => '{h}', header_values => '{v}')]);
select test.replay(7, test.ledger_event(), edited_payload => '{"tx_id":"tx-1"}');

select results_eq(
  'select payload, status, resolved_at from bo.consumer_dlq_events where replaces is null',
  $$ values ('{"tx_id":'::bytea, 'RESOLVED', '2026-02-06T01:00:00Z'::timestamptz) $$, 'the original keeps what came'
);
select results_eq(
  'select payload, topic, partition, "offset", key, header_names, header_values, record_timestamp, status, resolved_at
   from bo.consumer_dlq_events where replaces = test.dlq_id(7)',
  $$ values (
    '{"tx_id":"tx-1"}'::bytea, 'ledger.entry.upserted', 0, 7::bigint, 'tx-1'::bytea, '{h}'::bytea [], '{v}'::bytea [],
    '2026-02-05T01:00:02Z'::timestamptz, 'RESOLVED', '2026-02-06T01:00:00Z'::timestamptz
  ) $$,
  'the replacement is linked to it, and has all else of it'
);
select is(
  (select detail ->> 'edited_payload_sha256' from bo.dlq_actions), encode(sha256('{"tx_id":"tx-1"}'), 'hex'), 'the log says what it was'
);

select * from finish();
rollback;
