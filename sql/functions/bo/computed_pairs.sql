create or replace function bo.computed_pairs(p_order_ids text [])
returns setof bo.computed_pair
language plpgsql
stable
rows 10 -- with 1,000, the default, plans read whole tables, and stay in use while these grow
security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
  return query
  select pair.*
  from bo.fold_pairs(array(
    select row(entry.related_id, entry.entry_type, entry.tx_id, entry.wallet_id, entry.event_time, entry.amount)::bo.pair_entry
    from bo.ledger_entries as entry
    where
      entry.related_id = any(p_order_ids)
      and bo.pairing_order_id(entry.entry_type, entry.related_id, entry.related_type) is not null
  )) as pair;
end;
$$;

comment on function bo.computed_pairs(text []) is 'What the pairs of these orders have to be, by the ledger alone';
