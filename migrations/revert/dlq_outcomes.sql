-- Revert tx_lookup:dlq_outcomes from pg
begin;
set local role bo_owner;
set local lock_timeout = '5s';

-- Views and functions over these go with them: sql/install.sql makes them, the plan does not.
drop type bo.dead_letter_filter cascade;

alter table bo.consumer_dlq_events
drop constraint status_is_known,
drop column resolved_at cascade,
drop column replaces cascade;

-- Replacements stay, as letters of their own.
update bo.consumer_dlq_events
set status = 'OPEN'
where status = 'PARKED';

alter table bo.consumer_dlq_events
add constraint status_is_known check (status in ('OPEN', 'RESOLVED', 'DISCARDED'));

comment on column bo.consumer_dlq_events.status is 'OPEN until an operator resolves or discards it';

commit;
