-- Verify tx_lookup:pair_amounts on pg
begin;

select pair.payment_amount, pair.receive_amount from bo.payment_ledger_pairs as pair where false;
select
  (null::bo.pair_entry).amount as pair_entry,
  (null::bo.computed_pair).payment_amount as computed_payment,
  (null::bo.computed_pair).receive_amount as computed_receive;

rollback;
