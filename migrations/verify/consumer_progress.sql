-- Verify tx_lookup:consumer_progress on pg
begin;

select group_id, topic, partition, next_offset, applied_through from bo.consumer_progress where false;

rollback;
