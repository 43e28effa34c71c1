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
comment on type bo_api.lookup_answer is 'One answer: its HTTP status, how many rows it shows, and its JSON';
comment on type bo_api.lookup_request is
'One question and who asks it: the columns of bo.admin_audit_logs that come from the request. actor_roles: separated by commas; '
'elapsed_us: microseconds since the request came; from_time, to_time, max_entries: for a wallet only';

commit;
