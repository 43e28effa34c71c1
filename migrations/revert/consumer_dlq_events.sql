-- Revert tx_lookup:consumer_dlq_events from pg
begin;
set local role bo_owner;
set local lock_timeout = '5s';

-- Views and functions over it go with it: sql/install.sql makes them, the plan does not.
drop table bo.consumer_dlq_events cascade;

commit;
