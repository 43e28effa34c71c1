-- READ COMMITTED has a write skew here: two transactions that each insert one half and look for the other both miss it. So the
-- halves meet on the pair row: "do update" works on its latest committed version, whatever this snapshot sees. One statement,
-- sorted, locks every pair row of the batch, those to be merged and those to be recomputed; two passes over them could deadlock.
create or replace function bo.apply_pairs(p_entries bo.pair_entry [], p_moved text [])
returns bo.pairing_result
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
  v_result bo.pairing_result;
  v_written text[];
begin
  with merged as (
    select * from bo.fold_pairs(p_entries)
    union all
    -- A lock on an order that nothing was inserted for, or its place until the recomputation below.
    select distinct moved.order_id, null, null, null, null, null::timestamptz, null::timestamptz, 0, 0
    from unnest(p_moved) as moved (order_id)
    where not exists (select from unnest(p_entries) as entry where entry.payment_order_id = moved.order_id)
  ),

  written as (
    insert into bo.payment_ledger_pairs as pair (
      payment_order_id, payment_tx_id, receive_tx_id, payer_wallet_id, payee_wallet_id, payment_event_time,
      receive_event_time, payment_entry_count, receive_entry_count
    )
    select merged.* from merged
    order by merged.payment_order_id collate "C"
    on conflict (payment_order_id) do update
      set
        payment_tx_id = case
          when bo.precedes(excluded.payment_event_time, excluded.payment_tx_id, pair.payment_event_time, pair.payment_tx_id)
            then excluded.payment_tx_id
          else pair.payment_tx_id
        end,
        payer_wallet_id = case
          when bo.precedes(excluded.payment_event_time, excluded.payment_tx_id, pair.payment_event_time, pair.payment_tx_id)
            then excluded.payer_wallet_id
          else pair.payer_wallet_id
        end,
        payment_event_time = least(pair.payment_event_time, excluded.payment_event_time),
        payment_entry_count = pair.payment_entry_count + excluded.payment_entry_count,
        receive_tx_id = case
          when bo.precedes(excluded.receive_event_time, excluded.receive_tx_id, pair.receive_event_time, pair.receive_tx_id)
            then excluded.receive_tx_id
          else pair.receive_tx_id
        end,
        payee_wallet_id = case
          when bo.precedes(excluded.receive_event_time, excluded.receive_tx_id, pair.receive_event_time, pair.receive_tx_id)
            then excluded.payee_wallet_id
          else pair.payee_wallet_id
        end,
        receive_event_time = least(pair.receive_event_time, excluded.receive_event_time),
        receive_entry_count = pair.receive_entry_count + excluded.receive_entry_count
    returning pair.payment_order_id
  )

  select array_agg(written.payment_order_id) into v_written
  from written;

  if p_moved is not null then
    perform bo.recompute_pairs(p_moved);
  end if;

  select
    cardinality(v_written)::bigint,
    count(*),
    extract(epoch from bo.clock() - min(least(pair.payment_event_time, pair.receive_event_time)))::double precision
  into v_result
  from bo.payment_ledger_pairs as pair
  where pair.payment_order_id = any(v_written) and pair.pairing_status = 'INCOMPLETE';
  return v_result;
end;
$$;

comment on function bo.apply_pairs(bo.pair_entry [], text [])
is 'Merges inserted entries into their pairs and recomputes the pairs that updated entries left or entered';
