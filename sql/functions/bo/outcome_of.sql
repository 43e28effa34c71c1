create or replace function bo.outcome_of(p_result bo.batch_result)
returns text
language sql
immutable
security invoker
set search_path = pg_catalog, pg_temp
as $$
  select case
    when p_result.ledger_inserted = 1 or p_result.orders_inserted = 1 then 'inserted'
    when p_result.ledger_updated = 1 or p_result.orders_updated = 1 then 'updated'
    when p_result.ledger_duplicate = 1 or p_result.orders_duplicate = 1 then 'duplicate'
    else 'stale'
  end;
$$;

comment on function bo.outcome_of(bo.batch_result) is 'What a batch of one event did: inserted, updated, duplicate or stale';
