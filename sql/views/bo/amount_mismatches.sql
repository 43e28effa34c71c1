create view bo.amount_mismatches as
select
  pair.payment_order_id,
  payment.amount as payment_amount,
  receive.amount as receive_amount,
  payment_order.amount as order_amount,
  pair.payment_tx_id,
  pair.receive_tx_id
from bo.payment_ledger_pairs as pair
inner join bo.ledger_entries as payment on payment.tx_id = pair.payment_tx_id
inner join bo.ledger_entries as receive on receive.tx_id = pair.receive_tx_id
left join bo.payment_orders as payment_order on payment_order.order_id = pair.payment_order_id
where payment.amount <> receive.amount;

comment on view bo.amount_mismatches
is 'Pairs whose halves have different amounts, as numbers: 1.0 equals 1.00. order_amount is null without the order''s event';
