-- Revert tx_lookup:lookup_types from pg
begin;
set local role bo_owner;
set local lock_timeout = '5s';

-- Functions that take these types go with them: sql/install.sql makes functions, the plan does not.
drop type bo_api.lookup_answer cascade;
drop type bo_api.lookup_request cascade;

commit;
