-- Verify tx_lookup:payment_orders on pg
begin;

select order_id, user_id, merchant_name, amount, status, created_at, updated_at, source_version, record_timestamp, ingested_at
  from bo.payment_orders where false;

rollback;
