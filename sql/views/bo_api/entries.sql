-- What an administrator may see of a ledger entry; each answer is a choice of these columns.
-- payment_order_id: the order that the entry belongs to by its related_type, whatever its entry_type.
-- known_since: what data_lag_sec is counted from. The volatile asked_at keeps these columns columns for bo_api.pairing().
create view bo_api.entries as
select
  entry.tx_id,
  entry.wallet_id,
  entry.event_time,
  entry.entry_type,
  entry.amount,
  entry.amount_signed,
  entry.related_id,
  payment_order.status,
  payment_order.merchant_name,
  belonging.payment_order_id,
  bo_api.status_group(payment_order.status) as status_group,
  -- An eligible entry shows its own wallet on its side, in its slot or not.
  case
    when entry.entry_type = 'PAYMENT' and belonging.payment_order_id is not null then entry.wallet_id
    else pair.payer_wallet_id
  end as sender_wallet_id,
  case
    when entry.entry_type = 'RECEIVE' and belonging.payment_order_id is not null then entry.wallet_id
    else pair.payee_wallet_id
  end as receiver_wallet_id,
  coalesce(
    entry.related_type, case when payment_order.order_id is not null then 'PAYMENT_ORDER' else 'UNKNOWN' end
  ) as related_type,
  case entry.tx_id when pair.payment_tx_id then pair.receive_tx_id when pair.receive_tx_id then pair.payment_tx_id end
    as paired_tx_id,
  case
    when entry.tx_id = pair.payment_tx_id and pair.receive_tx_id is not null then 'RECEIVE'
    when entry.tx_id = pair.receive_tx_id and pair.payment_tx_id is not null then 'PAYMENT'
  end as paired_entry_type,
  coalesce(pair.pairing_status, 'UNKNOWN') as pairing_status,
  case
    when pair.payment_order_id is not null then pair.reason
    when entry.related_id is null then 'NO_ORDER'
    when bo.pairing_order_id(entry.entry_type, entry.related_id, entry.related_type) is null then 'NOT_A_PAYMENT'
    else 'ORDER_UNKNOWN'
  end as pairing_reason,
  pair.verdict as pairing_verdict,
  pair.waiting_since,
  greatest(entry.ingested_at, entry.event_time) as known_since,
  (select bo.clock()) as asked_at
from bo.ledger_entries as entry
cross join lateral (
  select
    case when entry.related_type is null or entry.related_type = 'PAYMENT_ORDER' then entry.related_id end as payment_order_id
) as belonging
left join bo.payment_orders as payment_order on payment_order.order_id = belonging.payment_order_id
left join bo_api.pairs as pair
  on
    pair.payment_order_id = bo.pairing_order_id(entry.entry_type, entry.related_id, entry.related_type)
    -- An untyped related_id is taken for an order only when the order or the counterpart says so.
    and (entry.related_type is not null or payment_order.order_id is not null or pair.pairing_status = 'COMPLETE');

comment on view bo_api.entries is 'Ledger entries with their order, their counterpart and their pairing status';
