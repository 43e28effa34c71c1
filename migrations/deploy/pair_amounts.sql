-- Deploy tx_lookup:pair_amounts to pg
-- Null in the slots of pairs from before: bo.repair_pairs() fills them in, beside live traffic.
begin;
set local role bo_owner;
set local lock_timeout = '5s';

alter table bo.payment_ledger_pairs
add column payment_amount numeric,
add column receive_amount numeric;
comment on column bo.payment_ledger_pairs.payment_amount is 'amount of the PAYMENT entry';
comment on column bo.payment_ledger_pairs.receive_amount is 'amount of the RECEIVE entry';

alter type bo.pair_entry add attribute amount numeric;
alter type bo.computed_pair
add attribute payment_amount numeric,
add attribute receive_amount numeric;

commit;
