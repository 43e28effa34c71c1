-- Deploy tx_lookup:consumer_dlq_events to pg
begin;
set local role bo_owner;
set local lock_timeout = '5s';

create table bo.consumer_dlq_events (
    dlq_id bigint not null generated always as identity,
    topic text not null,
    partition integer not null,
    "offset" bigint not null,
    key bytea,
    payload bytea,
    header_names bytea [] not null,
    header_values bytea [] not null,
    record_timestamp timestamptz,
    error text not null,
    error_detail text not null,
    profile_id text not null,
    correlation_id text,
    attempts integer not null default 1,
    status text not null default 'OPEN',
    ingested_at timestamptz not null,
    payload_sha256 bytea generated always as (sha256(payload)) stored,
    constraint consumer_dlq_events_pkey primary key (dlq_id),
    constraint record_is_stored_once unique nulls not distinct (topic, partition, "offset", record_timestamp, payload_sha256),
    constraint error_is_known check (
        error in ('parse_error', 'contract_core_violation', 'unsupported_topic', 'internal_error')
    ),
    constraint status_is_known check (status in ('OPEN', 'RESOLVED', 'DISCARDED')),
    constraint headers_are_pairs check (cardinality(header_names) = cardinality(header_values)),
    constraint attempts_are_positive check (attempts > 0)
);

comment on table bo.consumer_dlq_events is 'Dead letters: records that are at fault themselves, byte for byte as they came';
comment on column bo.consumer_dlq_events.dlq_id is 'Order of arrival here; gaps are normal';
comment on column bo.consumer_dlq_events.topic is 'Topic of the record';
comment on column bo.consumer_dlq_events.partition is 'Partition of the record';
comment on column bo.consumer_dlq_events."offset" is 'Offset of the record';
comment on column bo.consumer_dlq_events.key is 'Key bytes; null when the record has none';
comment on column bo.consumer_dlq_events.payload is 'Payload bytes; null when the record has none';
comment on column bo.consumer_dlq_events.header_names is 'Header names in order, duplicates kept';
comment on column bo.consumer_dlq_events.header_values is 'Header values in the order of header_names; null elements for headers without a value';
comment on column bo.consumer_dlq_events.record_timestamp is 'Timestamp of the Kafka record, if it has one';
comment on column bo.consumer_dlq_events.error is 'Class of the fault';
comment on column bo.consumer_dlq_events.error_detail is 'What is wrong, without values of the payload';
comment on column bo.consumer_dlq_events.profile_id is 'Event profile that the record was read by';
comment on column bo.consumer_dlq_events.correlation_id is 'Correlation id of the record, if one could be read';
comment on column bo.consumer_dlq_events.attempts is 'How often the record was tried';
comment on column bo.consumer_dlq_events.status is 'OPEN until an operator resolves or discards it';
comment on column bo.consumer_dlq_events.ingested_at is 'When it was stored here';
comment on column bo.consumer_dlq_events.payload_sha256 is 'For the rule that a record is stored once';

commit;
