-- READ COMMITTED has a write skew here: two transactions that each insert one half and look for the other both miss it. So the
-- halves meet on the pair row: "do update" works on its latest committed version, whatever this snapshot sees. One statement,
-- sorted, locks every pair row of the batch, those to be merged and those to be recomputed; two passes over them could deadlock.
create or replace function bo.apply_pairs(p_entries bo.pair_entry [], p_moved text [])
returns bo.pairing_result
language plpgsql
volatile
security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
  v_result bo.pairing_result;
  v_now constant timestamptz := bo.clock();
  v_oldest timestamptz;
  v_recomputed record;
begin
  with merged as (
    select * from bo.fold_pairs(p_entries)
    union all
    -- A lock on an order that nothing was inserted for, or its place until the recomputation below.
    select distinct moved.order_id, null, null, null, null, null::timestamptz, null::timestamptz, 0, 0, null::numeric, null::numeric
    from unnest(p_moved) as moved (order_id)
    where not exists (select from unnest(p_entries) as entry where entry.payment_order_id = moved.order_id)
  ),

  written as (
    insert into bo.payment_ledger_pairs as pair (
      payment_order_id, payment_tx_id, receive_tx_id, payer_wallet_id, payee_wallet_id, payment_event_time,
      receive_event_time, payment_entry_count, receive_entry_count, payment_amount, receive_amount
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
        payment_amount = case
          when bo.precedes(excluded.payment_event_time, excluded.payment_tx_id, pair.payment_event_time, pair.payment_tx_id)
            then excluded.payment_amount
          else pair.payment_amount
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
        receive_amount = case
          when bo.precedes(excluded.receive_event_time, excluded.receive_tx_id, pair.receive_event_time, pair.receive_tx_id)
            then excluded.receive_amount
          else pair.receive_amount
        end,
        receive_event_time = least(pair.receive_event_time, excluded.receive_event_time),
        receive_entry_count = pair.receive_entry_count + excluded.receive_entry_count
    returning pair.payment_order_id, pair.pairing_status, least(pair.payment_event_time, pair.receive_event_time) as begun_at
  ),

  incomplete as (
    select written.begun_at
    from written
    where
      written.pairing_status = 'INCOMPLETE'
      and not exists (select from unnest(p_moved) as moved (order_id) where moved.order_id = written.payment_order_id)
  )

  select
    (select count(*) from written),
    (select count(*) from incomplete),
    (select min(incomplete.begun_at) from incomplete)
  into v_result.touched, v_result.incomplete, v_oldest;

  if p_moved is not null then
    perform bo.recompute_pairs(p_moved);

    select count(*) as pairs, min(least(pair.payment_event_time, pair.receive_event_time)) as begun_at
    into v_recomputed
    from bo.payment_ledger_pairs as pair
    where pair.payment_order_id = any(p_moved) and pair.pairing_status = 'INCOMPLETE';

    v_result.incomplete := v_result.incomplete + v_recomputed.pairs;
    v_oldest := least(v_oldest, v_recomputed.begun_at);
  end if;

  v_result.oldest_incomplete_age_sec := extract(epoch from v_now - v_oldest)::double precision;
  return v_result;
end;
$$;

comment on function bo.apply_pairs(bo.pair_entry [], text [])
is 'Merges inserted entries into their pairs and recomputes the pairs that updated entries left or entered';
