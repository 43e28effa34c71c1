-- Until the end of the transaction.
create function test.freeze_clock(now timestamptz)
returns void
language plpgsql
as $$
begin
  execute format(
    'create or replace function bo.clock() returns timestamptz language sql volatile security invoker set search_path = pg_catalog, pg_temp '
    'as $f$ select %L::pg_catalog.timestamptz $f$', now
  );
end;
$$;
