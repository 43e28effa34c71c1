create or replace function bo_api.lag_sec(p_since timestamptz, p_now timestamptz)
returns numeric
language sql
immutable
strict
security invoker
set search_path = ''
as $$
  select round(greatest(0, extract(epoch from p_now - p_since)), 3);
$$;

comment on function bo_api.lag_sec(timestamptz, timestamptz) is 'Seconds from one time to another, in milliseconds, never negative';
