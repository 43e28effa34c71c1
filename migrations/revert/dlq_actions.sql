-- Revert tx_lookup:dlq_actions from pg
begin;
set local role bo_owner;
set local lock_timeout = '5s';

-- Functions over it go with it: sql/install.sql makes them, the plan does not.
drop table bo.dlq_actions cascade;

commit;
