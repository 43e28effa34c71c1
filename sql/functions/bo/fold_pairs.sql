-- What a pair is, in its only place (contract.md section 3): a slot holds the entry least by (event_time, tx_id).
create or replace function bo.fold_pairs(p_entries bo.pair_entry [])
returns setof bo.computed_pair
language plpgsql
immutable
rows 10 -- with 1,000, the default, plans read whole tables, and stay in use while these grow
security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
  return query
  with slot as (
    select distinct on (entry.payment_order_id, entry.entry_type)
      entry.payment_order_id, entry.entry_type, entry.tx_id, entry.wallet_id, entry.event_time, entry.amount,
      count(*) over (partition by entry.payment_order_id, entry.entry_type)::integer as entry_count
    from unnest(p_entries) as entry
    order by entry.payment_order_id, entry.entry_type, entry.event_time, entry.tx_id
  ),

  payment as (select * from slot where slot.entry_type = 'PAYMENT'),

  receive as (select * from slot where slot.entry_type = 'RECEIVE')

  select
    payment_order_id, payment.tx_id, receive.tx_id, payment.wallet_id, receive.wallet_id,
    payment.event_time, receive.event_time, coalesce(payment.entry_count, 0), coalesce(receive.entry_count, 0),
    payment.amount, receive.amount
  from payment
  full join receive using (payment_order_id);
end;
$$;

comment on function bo.fold_pairs(bo.pair_entry []) is 'The pairs that these eligible entries make';
