-- The other half is waited for from when the one that is there was applied.
create view bo_api.pairs as
select
  pair.payment_order_id,
  pair.payment_tx_id,
  pair.receive_tx_id,
  pair.payer_wallet_id,
  pair.payee_wallet_id,
  pair.pairing_status,
  case
    when pair.payment_tx_id is null then 'WAITING_FOR_PAYMENT'
    when pair.receive_tx_id is null then 'WAITING_FOR_RECEIVE'
    when pair.payment_amount <> pair.receive_amount then 'AMOUNT_MISMATCH'
    when pair.has_extra_entries then 'EXTRA_ENTRIES'
    else 'MATCHED'
  end as reason,
  case when pair.pairing_status = 'INCOMPLETE' then coalesce(pair.payment_event_time, pair.receive_event_time) end as waiting_since,
  case
    when pair.pairing_status = 'COMPLETE' then null
    when
      (select bo_api.ledger_through()) > bo_api.pairing_grace() + (
        select half.ingested_at from bo.ledger_entries as half where half.tx_id = coalesce(pair.payment_tx_id, pair.receive_tx_id)
      )
      then 'OVERDUE'
    else 'IN_FLIGHT'
  end as verdict
from bo.payment_ledger_pairs as pair;

comment on view bo_api.pairs is 'Pairs, why they are as they are, and whether what is missing may still be under way';
