create view bo.complete_pairs_without_order as
select
  pair.payment_order_id,
  pair.payment_tx_id,
  pair.receive_tx_id,
  pair.payment_event_time,
  pair.receive_event_time
from bo.payment_ledger_pairs as pair
where
  pair.pairing_status = 'COMPLETE'
  and not exists (select from bo.payment_orders as payment_order where payment_order.order_id = pair.payment_order_id);

comment on view bo.complete_pairs_without_order is 'Pairs that are COMPLETE although no event of their order has come';
