-- The body is bound to its functions when it is created, so that it needs no search_path and can be inlined.
create or replace function bo_api.rfc3339(p_time timestamptz)
returns text
language sql
stable
security invoker
return rtrim(rtrim(to_char(p_time at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), '0'), '.') || 'Z';

comment on function bo_api.rfc3339(timestamptz) is 'UTC with Z, and as many decimals of a second as are needed, up to six';
