-- Revert tx_lookup:schemas from pg
begin;
set local lock_timeout = '5s';

-- Functions and views are not in the plan (sql/install.sql makes them), so they go with their schema.
drop schema bo_api cascade;
drop schema bo cascade;

commit;
