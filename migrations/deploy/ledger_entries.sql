-- Deploy tx_lookup:ledger_entries to pg
begin;
set local role bo_owner;
set local lock_timeout = '5s';

create table bo.ledger_entries (
    tx_id text collate "C" not null,
    wallet_id text collate "C" not null,
    entry_type text not null,
    amount numeric not null,
    amount_signed numeric,
    related_id text collate "C",
    related_type text,
    event_time timestamptz not null,
    created_at timestamptz not null,
    updated_at timestamptz,
    source_version bigint,
    record_timestamp timestamptz not null,
    ingested_at timestamptz not null,
    constraint ledger_entries_pkey primary key (tx_id)
) with (fillfactor = 90);

-- No index holds a column that a newer version usually changes, so that most updates stay HOT.
create index ledger_entries_related_id_idx on bo.ledger_entries (related_id) where related_id is not null;
create index ledger_entries_wallet_idx on bo.ledger_entries (wallet_id, event_time desc, tx_id);

comment on table bo.ledger_entries is 'The winning version of each ledger entry; written by bo.apply_batch() only, never deleted';
comment on column bo.ledger_entries.tx_id is 'Id of the entry, opaque; compared by code point like every id';
comment on column bo.ledger_entries.wallet_id is 'Wallet that the entry belongs to';
comment on column bo.ledger_entries.entry_type is 'Free text as sent; PAYMENT and RECEIVE take part in pairing';
comment on column bo.ledger_entries.amount is 'As sent, scale included';
comment on column bo.ledger_entries.amount_signed is 'As sent; null when not sent, never derived';
comment on column bo.ledger_entries.related_id is 'What the entry belongs to: the order id of a payment';
comment on column bo.ledger_entries.related_type is 'Kind of related_id; null counts as PAYMENT_ORDER in pairing';
comment on column bo.ledger_entries.event_time is 'When it happened, by the producer';
comment on column bo.ledger_entries.created_at is 'When the source row was made, by the producer';
comment on column bo.ledger_entries.updated_at is 'When the source row was last changed; second key of the winning order';
comment on column bo.ledger_entries.source_version is 'Version of the source row; first key of the winning order';
comment on column bo.ledger_entries.record_timestamp is 'Timestamp of the Kafka record; third key of the winning order';
comment on column bo.ledger_entries.ingested_at is 'When this version was applied here';

commit;
