-- The one clock of schema bo. Tests replace this function inside their transaction, so nothing else may ask for the time.
create or replace function bo.clock()
returns timestamptz
language sql
volatile
security invoker
set search_path = ''
as $$
  select pg_catalog.clock_timestamp();
$$;

comment on function bo.clock() is 'The time now';
