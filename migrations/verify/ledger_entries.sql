-- Verify tx_lookup:ledger_entries on pg
begin;

select tx_id, wallet_id, entry_type, amount, amount_signed, related_id, related_type, event_time, created_at, updated_at,
       source_version, record_timestamp, ingested_at
  from bo.ledger_entries where false;

rollback;
