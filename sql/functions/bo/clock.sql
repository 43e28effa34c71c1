-- The one clock of schema bo. Tests replace this function inside their transaction, so nothing else may ask for the time.
-- The body is bound to its function when it is created, so that it needs no search_path and can be inlined.
create or replace function bo.clock()
returns timestamptz
language sql
volatile
security invoker
return clock_timestamp();

comment on function bo.clock() is 'The time now';
