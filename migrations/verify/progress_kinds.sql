-- Verify tx_lookup:progress_kinds on pg
begin;

select progress.kind from bo.consumer_progress as progress where false;
select (null::bo.partition_progress).kind as partition_progress;

rollback;
