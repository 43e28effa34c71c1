-- Verify tx_lookup:payment_ledger_pairs on pg
begin;

select payment_order_id, payment_tx_id, receive_tx_id, payer_wallet_id, payee_wallet_id, pairing_status, payment_event_time,
       receive_event_time, payment_entry_count, receive_entry_count, has_extra_entries
  from bo.payment_ledger_pairs where false;

rollback;
