-- Revert tx_lookup:pair_amounts from pg
begin;
set local role bo_owner;
set local lock_timeout = '5s';

-- What sql/install.sql makes of these columns goes with them; the plan makes no views.
alter type bo.computed_pair
drop attribute payment_amount cascade,
drop attribute receive_amount cascade;
alter type bo.pair_entry drop attribute amount cascade;
alter table bo.payment_ledger_pairs
drop column payment_amount cascade,
drop column receive_amount cascade;

commit;
