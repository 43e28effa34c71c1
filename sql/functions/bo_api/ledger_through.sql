-- A call, so that the fold is no part of the plans of the lookups: most of them never ask for it.
create or replace function bo_api.ledger_through()
returns timestamptz
language plpgsql
stable
security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
  return (select progress.ledger_through from bo_api.progress as progress);
end;
$$;

comment on function bo_api.ledger_through() is 'Up to when all ledger entries are applied; null: not known';
