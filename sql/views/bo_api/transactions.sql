create view bo_api.transactions as
select
  entry.tx_id,
  bo_api.rfc3339(entry.event_time) as event_time,
  entry.entry_type,
  entry.amount::text as amount,
  entry.amount_signed::text as amount_signed,
  entry.status,
  entry.status_group,
  entry.sender_wallet_id,
  entry.receiver_wallet_id,
  case when entry.related_id is not null
    then json_object(array['related_id', entry.related_id, 'related_type', entry.related_type])
  end as related,
  entry.paired_tx_id,
  entry.paired_entry_type,
  entry.merchant_name,
  entry.pairing_status,
  bo_api.age_sec(entry.known_since, entry.asked_at) as data_lag_sec,
  bo_api.pairing(entry.pairing_reason, entry.pairing_verdict, entry.waiting_since, entry.asked_at) as pairing
from bo_api.entries as entry;

comment on view bo_api.transactions is 'The answer of GET /admin/tx/{tx_id}, a row an entry';
