create view bo.amount_mismatches as
select
  pair.payment_order_id,
  pair.payment_amount,
  pair.receive_amount,
  payment_order.amount as order_amount,
  pair.payment_tx_id,
  pair.receive_tx_id
from bo.payment_ledger_pairs as pair
left join bo.payment_orders as payment_order on payment_order.order_id = pair.payment_order_id
where pair.payment_amount <> pair.receive_amount;

comment on view bo.amount_mismatches
is 'Pairs whose halves have different amounts, as numbers: 1.0 equals 1.00. order_amount is null without the order''s event';
