-- The body is bound to its types when it is created, so that it needs no search_path and can be inlined.
create or replace function bo.as_computed(p_pair bo.payment_ledger_pairs)
returns bo.computed_pair
language sql
immutable
security invoker
return row(
  (p_pair).payment_order_id, (p_pair).payment_tx_id, (p_pair).receive_tx_id, (p_pair).payer_wallet_id,
  (p_pair).payee_wallet_id, (p_pair).payment_event_time, (p_pair).receive_event_time,
  (p_pair).payment_entry_count, (p_pair).receive_entry_count, (p_pair).payment_amount, (p_pair).receive_amount
)::bo.computed_pair;

comment on function bo.as_computed(bo.payment_ledger_pairs) is 'A stored pair in the shape of a computed one, to compare them';
