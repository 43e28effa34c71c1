-- Deploy tx_lookup:closed_letters_index to pg
-- Writers of dead letters wait while it is built: about 1 s for a million letters.
-- squawk-ignore-file require-concurrent-index-creation
begin;
set local role bo_owner;
set local lock_timeout = '5s';

-- Only letters that are RESOLVED or DISCARDED have this time.
create index closed_letters_by_time on bo.consumer_dlq_events (resolved_at) where resolved_at is not null;

commit;
