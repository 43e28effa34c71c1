-- Revert tx_lookup:lookup_parameters from pg
begin;
set local role bo_owner;
set local lock_timeout = '5s';

-- Functions that take this type go with it: sql/install.sql makes functions, the plan does not.
drop type bo_api.cursor_position cascade;
alter type bo_api.lookup_answer drop attribute next_cursor cascade;
alter type bo_api.lookup_request
drop attribute cursor cascade,
drop attribute filters cascade,
drop attribute media_type cascade,
drop attribute access_reason cascade;

commit;
