-- The clock in the inner query keeps its columns columns for bo_api.pairing().
create view bo_api.payment_orders as
select
  payment_order.order_id,
  json_build_object(
    'order_id', payment_order.order_id,
    'user_id', payment_order.user_id,
    'merchant_name', payment_order.merchant_name,
    'amount', payment_order.amount::text,
    'status', payment_order.status,
    'status_group', bo_api.status_group(payment_order.status),
    'created_at', bo_api.rfc3339(payment_order.created_at)
  ) as "order",
  coalesce(
    (
      select json_agg(entry.item order by entry.event_time, entry.tx_id)
      from bo_api.entry_items as entry
      where entry.related_id = payment_order.order_id and entry.payment_order_id = entry.related_id
    ),
    '[]'
  ) as ledger_entries,
  payment_order.pairing_status,
  bo_api.pairing(
    payment_order.pairing_reason, payment_order.pairing_verdict, payment_order.waiting_since, payment_order.asked_at
  ) as pairing
from (
  select
    known.*,
    coalesce(pair.pairing_status, 'UNKNOWN') as pairing_status,
    coalesce(pair.reason, 'NO_ENTRIES') as pairing_reason,
    pair.verdict as pairing_verdict,
    pair.waiting_since,
    (select bo.clock()) as asked_at
  from bo.payment_orders as known
  left join bo_api.pairs as pair on pair.payment_order_id = known.order_id
) as payment_order;

comment on view bo_api.payment_orders is 'The answer of GET /admin/payment-orders/{order_id}, a row an order';
