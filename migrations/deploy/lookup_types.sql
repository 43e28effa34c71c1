-- Deploy tx_lookup:lookup_types to pg
begin;
set local role bo_owner;
set local lock_timeout = '5s';

-- What one call of a lookup function takes and returns. The API sends requests in PostgreSQL's binary form: a changed
-- attribute list is a new type beside the old one, or API and database must be deployed together.
create type bo_api.lookup_request as (
    resource_id text,
    from_time timestamptz,
    to_time timestamptz,
    max_entries integer,
    actor_id text,
    actor_roles text,
    ip text,
    user_agent text,
    request_method text,
    request_path text,
    request_query text,
    correlation_id text,
    elapsed_us bigint
);
comment on type bo_api.lookup_request is
'One question and who asks it: the columns of bo.admin_audit_logs that come from the request. actor_roles: separated by commas; '
'elapsed_us: microseconds since the request came; from_time, to_time, max_entries: for a wallet only';

create type bo_api.lookup_answer as (
    status_code integer,
    result_count integer,
    body text
);
comment on type bo_api.lookup_answer is 'One answer: its HTTP status, how many rows it shows, and its JSON';

commit;
