-- From both sides: a missing pair shows in the ledger alone, a superfluous one in the pairs alone.
-- No pair can be missing for other ids, and to find that one has none may take reading millions of entries.
create or replace function bo.sample_order_ids(p_max_orders integer)
returns text []
language plpgsql
volatile
security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
  return array(
    select page.order_id
    from (
      select bo.pairing_order_id(entry.entry_type, entry.related_id, entry.related_type) as order_id
      from bo.ledger_entries as entry tablesample system (bo.sample_percent('bo.ledger_entries', p_max_orders))
      where bo.pairing_order_id(entry.entry_type, entry.related_id, entry.related_type) is not null
      union
      select pair.payment_order_id
      from bo.payment_ledger_pairs as pair tablesample system (bo.sample_percent('bo.payment_ledger_pairs', p_max_orders))
    ) as page
    order by random()
    limit p_max_orders
  );
end;
$$;

comment on function bo.sample_order_ids(integer) is 'At most so many orders by chance, of a bounded number of pages of ledger and pairs';
