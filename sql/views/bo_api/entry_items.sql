-- related_id serves the index; payment_order_id says whether it names an order.
create view bo_api.entry_items as
select
  entry.tx_id,
  entry.event_time,
  entry.related_id,
  entry.payment_order_id,
  entry.entry_type,
  entry.pairing_status,
  json_build_object(
    'tx_id', entry.tx_id,
    'event_time', bo_api.rfc3339(entry.event_time),
    'entry_type', entry.entry_type,
    'amount', entry.amount::text,
    'amount_signed', entry.amount_signed::text,
    'wallet_id', entry.wallet_id,
    'status', entry.status,
    'status_group', entry.status_group,
    'paired_tx_id', entry.paired_tx_id,
    'pairing_status', entry.pairing_status,
    'data_lag_sec', bo_api.age_sec(entry.known_since, entry.asked_at),
    'pairing', bo_api.pairing(entry.pairing_reason, entry.pairing_verdict, entry.waiting_since, entry.asked_at)
  ) as item
from bo_api.entries as entry;

comment on view bo_api.entry_items is 'Ledger entries as items of the order and wallet answers';
