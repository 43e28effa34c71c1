-- The body is bound to its functions when it is created, so that it needs no search_path and can be inlined.
create or replace function bo_api.age_sec(p_since timestamptz, p_now timestamptz)
returns bigint
language sql
immutable
security invoker
return greatest(0, floor(date_part('epoch', p_now - p_since)))::bigint;

comment on function bo_api.age_sec(timestamptz, timestamptz) is 'Whole seconds from one time to another, never negative';
