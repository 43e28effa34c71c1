-- In two steps: an interval is multiplied by a double, which has no room for all microseconds of the year 9999.
-- The body is bound to its functions when it is created, so that it needs no search_path and can be inlined.
create or replace function bo_api.time_at(p_us bigint)
returns timestamptz
language sql
immutable
security invoker
return 'epoch'::timestamptz + p_us / 1000000 * interval '1 second' + p_us % 1000000 * interval '1 microsecond';

comment on function bo_api.time_at(bigint) is 'The time so many microseconds after 1970, as cursors have it';
