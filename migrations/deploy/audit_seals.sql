-- Deploy tx_lookup:audit_seals to pg
begin;
set local role bo_owner;
set local lock_timeout = '5s';

create table bo.audit_seals (
    seal_number bigint not null,
    kind text not null,
    epoch integer not null,
    month date,
    row_count integer not null,
    first_xid xid8,
    first_audit_id bigint,
    last_xid xid8,
    last_audit_id bigint,
    audit_ids bigint [] not null,
    row_hashes bytea [] not null,
    reason text,
    previous_hash bytea not null,
    hash bytea not null,
    sealed_at timestamptz not null,
    constraint audit_seals_pkey primary key (seal_number),
    constraint seal_number_is_positive check (seal_number > 0),
    constraint kind_is_known check (kind in ('ROWS', 'DETACH', 'EPOCH')),
    constraint month_is_a_month check (month = date_trunc('month', month::timestamp)),
    constraint month_is_that_of_rows check ((month is null) = (kind = 'EPOCH')),
    constraint every_row_has_its_hash check (cardinality(audit_ids) = row_count and cardinality(row_hashes) = row_count),
    constraint rows_have_their_range check (
        case kind
            when 'ROWS' then row_count > 0 and num_nulls(first_xid, first_audit_id, last_xid, last_audit_id) = 0
            else row_count = 0 and num_nulls(first_xid, first_audit_id, last_xid) = 3 and (last_audit_id is null) = (kind = 'DETACH')
        end
    ),
    constraint epoch_has_its_reason check ((kind = 'EPOCH') = (reason is not null)),
    constraint hashes_are_sha_256 check (octet_length(previous_hash) = 32 and octet_length(hash) = 32)
);

-- How far a month is sealed.
create index audit_seals_of_month on bo.audit_seals (month, seal_number);

comment on table bo.audit_seals is
'A chain of hashes over bo.admin_audit_logs: each block proves its rows and the block before it. Rows are only ever added. '
'docs/runbooks/audit-log.md says how to compute the hashes';
comment on column bo.audit_seals.seal_number is 'Place in the chain, from 1, without gaps';
comment on column bo.audit_seals.kind is
'ROWS: rows of a month. DETACH: the partition of a month has left the table. EPOCH: transaction ids began anew, in a restored database';
comment on column bo.audit_seals.epoch is 'How many times transaction ids have begun, from 1';
comment on column bo.audit_seals.month is 'Month of requested_at in UTC, whichever partition the rows are in';
comment on column bo.audit_seals.row_count is 'How many rows the block proves';
comment on column bo.audit_seals.first_xid is 'xid of the first row';
comment on column bo.audit_seals.first_audit_id is 'audit_id of the first row';
comment on column bo.audit_seals.last_xid is
'xid of the last row. The block holds every row of its month and epoch from behind the block of that month before it up to its last row';
comment on column bo.audit_seals.last_audit_id is 'audit_id of the last row; of an EPOCH the greatest that was given before it';
comment on column bo.audit_seals.audit_ids is 'The rows, in the order of (xid, audit_id)';
comment on column bo.audit_seals.row_hashes is 'bo.audit_row_hash() of each';
comment on column bo.audit_seals.reason is 'Why an EPOCH began';
comment on column bo.audit_seals.previous_hash is 'hash of the block before; zeros for the first';
comment on column bo.audit_seals.hash is 'bo.audit_seal_hash() of this block';
comment on column bo.audit_seals.sealed_at is 'When; the rows are at least as old';

create type bo.audit_finding as (
    kind text,
    partition text,
    seal_number bigint,
    audit_id bigint,
    detail text
);
comment on type bo.audit_finding is
'What does not fit the seals. kind: SEAL_CHANGED, SEAL_MISSING, CHAIN_BROKEN, CHECKPOINT_MISSED, ROW_CHANGED, ROW_MISSING, ROW_INSERTED '
'or XID_AHEAD';

commit;
