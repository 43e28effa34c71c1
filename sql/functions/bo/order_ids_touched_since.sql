-- The ledger does not know which order an entry has left, but a pair row that was not computed again since then still counts it:
-- in its slot, or as one of several. So both orders of a correction are found.
-- Reads both tables whole, once: an index on ingested_at would take HOT from every update (docs/adr/0009).
create or replace function bo.order_ids_touched_since(p_since timestamptz)
returns text []
language plpgsql
stable
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  return array(
    with touched as materialized (
      select entry.tx_id, entry.related_id
      from bo.ledger_entries as entry
      where entry.ingested_at >= p_since
    )

    select touched.related_id as order_id
    from touched
    where touched.related_id is not null
    union
    select pair.payment_order_id
    from bo.payment_ledger_pairs as pair
    inner join touched on touched.tx_id = pair.payment_tx_id
    union
    select pair.payment_order_id
    from bo.payment_ledger_pairs as pair
    inner join touched on touched.tx_id = pair.receive_tx_id
    union
    select pair.payment_order_id
    from bo.payment_ledger_pairs as pair
    where pair.has_extra_entries
    order by order_id
  );
end;
$$;

comment on function bo.order_ids_touched_since(timestamptz)
is 'Orders that an entry applied since then belongs to or may have left, ascending; with them all that have extra entries';
