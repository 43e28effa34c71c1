-- The caller holds the locks of these pair rows, and calls this as a later statement: its snapshot is newer than the locks, so
-- that it sees all that was committed under them. What is not yet committed will merge itself in, after this transaction.
create or replace function bo.recompute_pairs(p_order_ids text [])
returns void
language plpgsql
volatile
security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
  with computed as (
    select * from bo.computed_pairs(p_order_ids)
  ),

  emptied as (
    delete from bo.payment_ledger_pairs as pair
    where
      pair.payment_order_id = any(p_order_ids)
      and not exists (select from computed where computed.payment_order_id = pair.payment_order_id)
  )

  update bo.payment_ledger_pairs as pair
  set
    payment_tx_id = computed.payment_tx_id,
    receive_tx_id = computed.receive_tx_id,
    payer_wallet_id = computed.payer_wallet_id,
    payee_wallet_id = computed.payee_wallet_id,
    payment_event_time = computed.payment_event_time,
    receive_event_time = computed.receive_event_time,
    payment_entry_count = computed.payment_entry_count,
    receive_entry_count = computed.receive_entry_count,
    payment_amount = computed.payment_amount,
    receive_amount = computed.receive_amount
  from computed
  where pair.payment_order_id = computed.payment_order_id and bo.as_computed(pair) is distinct from computed;
end;
$$;

comment on function bo.recompute_pairs(text []) is 'Makes locked pair rows equal to the ledger again; one without entries goes';
