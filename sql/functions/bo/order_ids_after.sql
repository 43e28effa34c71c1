create or replace function bo.order_ids_after(p_after text, p_limit integer)
returns text []
language plpgsql
stable
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  return (
    select array_agg(page.order_id order by page.order_id)
    from (
      (
        select distinct entry.related_id as order_id
        from bo.ledger_entries as entry
        where entry.related_id > coalesce(p_after, '')
        order by entry.related_id
        limit p_limit
      )
      union
      (
        select pair.payment_order_id
        from bo.payment_ledger_pairs as pair
        where pair.payment_order_id > coalesce(p_after, '')
        order by pair.payment_order_id
        limit p_limit
      )
      order by order_id
      limit p_limit
    ) as page
  );
end;
$$;

comment on function bo.order_ids_after(text, integer)
is 'A chunk for bo.repair_pairs(): the next order ids above a key (null: from the first), in ledger or pairs; null at the end';
