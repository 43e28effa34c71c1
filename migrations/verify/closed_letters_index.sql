-- Verify tx_lookup:closed_letters_index on pg
begin;

select 'bo.closed_letters_by_time'::regclass as index;

rollback;
