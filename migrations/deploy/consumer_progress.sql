-- Deploy tx_lookup:consumer_progress to pg
begin;
set local role bo_owner;
set local lock_timeout = '5s';

create table bo.consumer_progress (
    group_id text collate "C" not null,
    topic text collate "C" not null,
    partition integer not null,
    next_offset bigint not null,
    applied_through timestamptz,
    constraint consumer_progress_pkey primary key (group_id, topic, partition),
    constraint next_offset_is_not_negative check (next_offset >= 0)
) with (fillfactor = 10);

comment on table bo.consumer_progress is 'How far each partition is applied; commits with the rows it speaks of, and never fences';
comment on column bo.consumer_progress.group_id is 'Consumer group';
comment on column bo.consumer_progress.topic is 'Topic';
comment on column bo.consumer_progress.partition is 'Partition';
comment on column bo.consumer_progress.next_offset is 'All records below it are applied';
comment on column bo.consumer_progress.applied_through is 'Latest database time at which all up to the log end then seen was applied';

commit;
