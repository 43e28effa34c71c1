-- Deploy tx_lookup:backfill_progress to pg
begin;
set local role bo_owner;
set local lock_timeout = '5s';

create table bo.backfill_progress (
    backfill_id bigint not null generated always as identity,
    kind text not null,
    file_sha256 bytea not null,
    since timestamptz,
    until timestamptz,
    file_name text not null,
    file_bytes bigint not null,
    lines_applied bigint not null,
    started_at timestamptz not null,
    updated_at timestamptz not null,
    finished_at timestamptz,
    constraint backfill_progress_pkey primary key (backfill_id),
    constraint backfill_is_known_once unique nulls not distinct (kind, file_sha256, since, until),
    constraint kind_is_known check (kind in ('ledger', 'payment_order')),
    constraint file_sha256_is_one check (octet_length(file_sha256) = 32),
    constraint lines_applied_is_not_negative check (lines_applied >= 0)
) with (fillfactor = 10);

comment on table bo.backfill_progress is 'How far each file is backfilled; commits with the rows it speaks of';
comment on column bo.backfill_progress.backfill_id is 'Names this row to its writers';
comment on column bo.backfill_progress.kind is 'What its lines were read as: ledger or payment_order';
comment on column bo.backfill_progress.file_sha256 is 'Of the whole file as it lies on disk: a renamed file is the same, an edited one is another';
comment on column bo.backfill_progress.since is 'Earlier events were skipped; null: none';
comment on column bo.backfill_progress.until is 'Events from then on were skipped; null: none';
comment on column bo.backfill_progress.file_name is 'Path that the last run was given';
comment on column bo.backfill_progress.file_bytes is 'Size of the file';
comment on column bo.backfill_progress.lines_applied is 'All lines up to this one are applied, skipped or dead letters';
comment on column bo.backfill_progress.started_at is 'When its first line was begun with, by the database clock';
comment on column bo.backfill_progress.updated_at is 'When it was last written';
comment on column bo.backfill_progress.finished_at is 'When its end was reached; the next run begins anew';

commit;
