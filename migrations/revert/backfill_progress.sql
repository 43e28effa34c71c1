-- Revert tx_lookup:backfill_progress from pg
begin;
set local role bo_owner;
set local lock_timeout = '5s';

-- Views and functions over it go with it: sql/install.sql makes them, the plan does not.
drop table bo.backfill_progress cascade;

commit;
