begin;
select plan(1);

select test.freeze_clock('2026-02-05T01:00:05Z');
select test.apply(letters => array[test.dead_letter(
  7, '\x00ff7b', '2026-02-05T01:00:02Z', 'contract_core_violation', '\x6bff', array['trace', 'trace', '\xfe']::bytea [],
  array['a', null, '\x00']::bytea [], 'corr-1'
)]);

select results_eq(
  'select topic, partition, "offset", key, payload, header_names, header_values, record_timestamp, error, error_detail, profile_id,
          correlation_id, attempts, status, ingested_at, payload_sha256 from bo.consumer_dlq_events',
  $$ values (
    'ledger.entry.upserted', 0, 7::bigint, '\x6bff'::bytea, '\x00ff7b'::bytea, array['trace', 'trace', '\xfe']::bytea [],
    array['a', null, '\x00']::bytea [], '2026-02-05T01:00:02Z'::timestamptz, 'contract_core_violation', 'unexpected end',
    'canonical-v1', 'corr-1', 1, 'OPEN', '2026-02-05T01:00:05Z'::timestamptz, sha256('\x00ff7b')
  ) $$,
  'bytes are kept as they came, and it is open'
);

select * from finish();
rollback;
