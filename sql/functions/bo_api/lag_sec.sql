-- The body is bound to its functions when it is created, so that it needs no search_path and can be inlined.
create or replace function bo_api.lag_sec(p_since timestamptz, p_now timestamptz)
returns double precision
language sql
immutable
security invoker
return case when p_since is not null then round(greatest(0, date_part('epoch', p_now - p_since)) * 1000) / 1000 end;

comment on function bo_api.lag_sec(timestamptz, timestamptz) is
'Seconds from one time to another, in milliseconds, never negative; null when the first is not known';
