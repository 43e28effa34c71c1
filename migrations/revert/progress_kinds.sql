-- Revert tx_lookup:progress_kinds from pg
begin;
set local role bo_owner;
set local lock_timeout = '5s';

-- What sql/install.sql makes of this column goes with it; the plan makes no views.
alter type bo.partition_progress drop attribute kind cascade;
alter table bo.consumer_progress drop column kind cascade;

commit;
