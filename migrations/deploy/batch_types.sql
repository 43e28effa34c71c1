-- Deploy tx_lookup:batch_types to pg
begin;
set local role bo_owner;
set local lock_timeout = '5s';

-- What one call of bo.apply_batch() takes and returns. The consumer sends these in PostgreSQL's binary form: a changed
-- attribute list is a new type beside the old one, or consumers and database must be deployed together.
create type bo.ledger_event as (
    tx_id text collate "C",
    wallet_id text collate "C",
    entry_type text,
    amount numeric,
    amount_signed numeric,
    related_id text collate "C",
    related_type text,
    event_time timestamptz,
    created_at timestamptz,
    updated_at timestamptz,
    source_version bigint,
    record_timestamp timestamptz
);
comment on type bo.ledger_event is 'One ledger event: the columns of bo.ledger_entries that come from it';

create type bo.payment_order_event as (
    order_id text collate "C",
    user_id text collate "C",
    merchant_name text,
    amount numeric,
    status text,
    created_at timestamptz,
    updated_at timestamptz,
    source_version bigint,
    record_timestamp timestamptz
);
comment on type bo.payment_order_event is 'One order event: the columns of bo.payment_orders that come from it';

create type bo.event_version as (
    has_version boolean,
    source_version bigint,
    has_updated_at boolean,
    updated_at timestamptz,
    record_timestamp timestamptz
);
comment on type bo.event_version is 'Key of latest-wins, greatest wins: a missing value is less than any, by the flag before it';

create type bo.dead_letter as (
    topic text,
    partition integer,
    "offset" bigint,
    key bytea,
    payload bytea,
    header_names bytea [],
    header_values bytea [],
    record_timestamp timestamptz,
    error text,
    error_detail text,
    profile_id text,
    correlation_id text
);
comment on type bo.dead_letter is 'One rejected record: the columns of bo.consumer_dlq_events that come from it';

create type bo.partition_progress as (
    topic text collate "C",
    partition integer,
    next_offset bigint,
    caught_up_age_us bigint
);
comment on type bo.partition_progress is 'Next offset of a partition, and how many microseconds ago its log end, now reached, was seen (null: not reached)';

create type bo.pair_entry as (
    payment_order_id text collate "C",
    entry_type text,
    tx_id text collate "C",
    wallet_id text collate "C",
    event_time timestamptz
);
comment on type bo.pair_entry is 'What pairing needs to know of an eligible ledger entry';

create type bo.computed_pair as (
    payment_order_id text collate "C",
    payment_tx_id text collate "C",
    receive_tx_id text collate "C",
    payer_wallet_id text collate "C",
    payee_wallet_id text collate "C",
    payment_event_time timestamptz,
    receive_event_time timestamptz,
    payment_entry_count integer,
    receive_entry_count integer
);
comment on type bo.computed_pair is 'What a set of entries makes of a pair: bo.payment_ledger_pairs less its generated columns';

create type bo.write_result as (
    inserted bigint,
    updated bigint,
    duplicate bigint,
    stale bigint,
    version_missing bigint
);
comment on type bo.write_result is 'Events by outcome, and those without version and updated_at among them';

create type bo.ledger_result as (
    inserted bigint,
    updated bigint,
    duplicate bigint,
    stale bigint,
    version_missing bigint,
    entries bo.pair_entry [],
    moved text [],
    skipped bigint
);
comment on type bo.ledger_result is 'bo.write_result of ledger events, and what pairing has to do after them';

create type bo.pairing_result as (
    touched bigint,
    incomplete bigint,
    oldest_incomplete_age_sec double precision
);
comment on type bo.pairing_result is 'Pairs that were written, those of them left INCOMPLETE, and the age of the oldest of these by event time';

create type bo.batch_result as (
    dead_letters_stored bigint,
    ledger_inserted bigint,
    ledger_updated bigint,
    ledger_duplicate bigint,
    ledger_stale bigint,
    ledger_version_missing bigint,
    orders_inserted bigint,
    orders_updated bigint,
    orders_duplicate bigint,
    orders_stale bigint,
    orders_version_missing bigint,
    pairs_touched bigint,
    pairs_incomplete bigint,
    oldest_incomplete_age_sec double precision,
    pairing_skipped bigint
);
comment on type bo.batch_result is 'What one call of bo.apply_batch() did; the counts of a kind are null when it had no events';

commit;
