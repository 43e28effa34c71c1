-- The clock in the inner query keeps its columns columns for bo_api.pairing().
create view bo_api.pair_items as
select
  pair.payment_order_id,
  json_build_object(
    'payment_order_id', pair.payment_order_id,
    'payment_tx_id', pair.payment_tx_id,
    'receive_tx_id', pair.receive_tx_id,
    'payer_wallet_id', pair.payer_wallet_id,
    'payee_wallet_id', pair.payee_wallet_id,
    'pairing_status', pair.pairing_status,
    'waiting_since', bo_api.rfc3339(pair.waiting_since),
    'pairing', bo_api.pairing(pair.reason, pair.verdict, pair.waiting_since, pair.asked_at)
  ) as item
from (
  select
    *,
    (select bo.clock()) as asked_at
  from bo_api.pairs
) as pair;

comment on view bo_api.pair_items is 'Pairs as items of GET /admin/pairs';
