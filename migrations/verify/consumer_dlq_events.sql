-- Verify tx_lookup:consumer_dlq_events on pg
begin;

select dlq_id, topic, partition, "offset", key, payload, header_names, header_values, record_timestamp, error, error_detail,
       profile_id, correlation_id, attempts, status, ingested_at, payload_sha256
  from bo.consumer_dlq_events where false;

rollback;
