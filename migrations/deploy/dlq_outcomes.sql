-- Deploy tx_lookup:dlq_outcomes to pg
-- Dead letters are few: what is checked and built here takes no time that live traffic would notice.
-- squawk-ignore-file constraint-missing-not-valid, adding-foreign-key-constraint, ban-drop-constraint, require-concurrent-index-creation
begin;
set local role bo_owner;
set local lock_timeout = '5s';

alter table bo.consumer_dlq_events
add column resolved_at timestamptz,
add column replaces bigint,
drop constraint status_is_known,
add constraint status_is_known check (status in ('OPEN', 'PARKED', 'RESOLVED', 'DISCARDED')),
add constraint closed_ones_have_their_time check ((resolved_at is not null) = (status in ('RESOLVED', 'DISCARDED'))),
add constraint replacement_is_resolved check (replaces is null or status = 'RESOLVED'),
add constraint replaced_letter_exists foreign key (replaces) references bo.consumer_dlq_events (dlq_id);

create unique index letter_is_replaced_once on bo.consumer_dlq_events (replaces) where replaces is not null;

comment on column bo.consumer_dlq_events.status is
'OPEN: to be mended. PARKED: failed too often, replayed only when asked for. RESOLVED: applied by a replay. DISCARDED: given up';
comment on column bo.consumer_dlq_events.resolved_at is 'When it was resolved or discarded';
comment on column bo.consumer_dlq_events.replaces is 'The letter whose edited payload this is; that one keeps what came';

create type bo.dead_letter_filter as (
    topic text,
    error text,
    since timestamptz,
    until timestamptz,
    key bytea,
    from_id bigint,
    to_id bigint,
    statuses text []
);
comment on type bo.dead_letter_filter is
'Which dead letters; a null asks for nothing. since, until: when they were stored, from and before; from_id, to_id: both inclusive';

commit;
