-- The body is bound to its functions when it is created, so that it needs no search_path and can be inlined.
create or replace function bo.utc_text(p_time timestamptz)
returns text
language sql
stable
security invoker
return to_char(p_time at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');

comment on function bo.utc_text(timestamptz) is 'UTC with six decimals of a second, in every session alike; for what is hashed';
