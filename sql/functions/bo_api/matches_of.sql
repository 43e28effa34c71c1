create or replace function bo_api.matches_of(p_id text)
returns json
language plpgsql
stable
security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
  return (
    select
      coalesce(
        json_agg(json_build_object('resource_type', found.resource_type, 'resource_id', p_id) order by found.place),
        '[]'
      )
    from (
      values
      (1, 'TX', exists(select from bo.ledger_entries as entry where entry.tx_id = p_id)),
      (
        2, 'PAYMENT_ORDER',
        exists(select from bo.payment_orders as payment_order where payment_order.order_id = p_id)
        or exists(
          select from bo.ledger_entries as entry
          where entry.related_id = p_id and (entry.related_type is null or entry.related_type = 'PAYMENT_ORDER')
        )
      ),
      (3, 'WALLET', exists(select from bo.ledger_entries as entry where entry.wallet_id = p_id))
    ) as found (place, resource_type, is_there)
    where found.is_there
  );
end;
$$;

comment on function bo_api.matches_of(text) is
'What an id names: an entry, an order (also one that is known from its entries alone), a wallet; it may name several';
