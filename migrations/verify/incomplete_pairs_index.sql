-- Verify tx_lookup:incomplete_pairs_index on pg
begin;

select 'bo.incomplete_pairs_by_time'::regclass as index;

rollback;
