-- Deploy tx_lookup:lookup_parameters to pg
begin;
set local role bo_owner;
set local lock_timeout = '5s';

alter type bo_api.lookup_request
add attribute cursor text,
add attribute filters jsonb,
add attribute media_type text,
add attribute access_reason text;
comment on type bo_api.lookup_request is
'One question and who asks it: the columns of bo.admin_audit_logs that come from the request. actor_roles: separated by commas; '
'elapsed_us: microseconds since the request came; from_time, to_time, max_entries, cursor, filters: of lists; media_type: of the '
'answer, null for JSON';

alter type bo_api.lookup_answer
add attribute next_cursor text;
comment on type bo_api.lookup_answer is
'One answer: its HTTP status, how many rows it shows, its body, and of a list that goes on, where';

create type bo_api.cursor_position as (
    at timestamptz,
    id text collate "C"
);
comment on type bo_api.cursor_position is 'The last row of a page, by the keys that its list is sorted by';

commit;
