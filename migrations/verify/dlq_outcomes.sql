-- Verify tx_lookup:dlq_outcomes on pg
begin;

select resolved_at, replaces, null::bo.dead_letter_filter from bo.consumer_dlq_events where false;

rollback;
