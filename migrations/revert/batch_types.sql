-- Revert tx_lookup:batch_types from pg
begin;
set local role bo_owner;
set local lock_timeout = '5s';

-- Functions that take these types go with them: sql/install.sql makes functions, the plan does not.
drop type bo.batch_result cascade;
drop type bo.ledger_result cascade;
drop type bo.pairing_result cascade;
drop type bo.write_result cascade;
drop type bo.computed_pair cascade;
drop type bo.pair_entry cascade;
drop type bo.partition_progress cascade;
drop type bo.dead_letter cascade;
drop type bo.event_version cascade;
drop type bo.payment_order_event cascade;
drop type bo.ledger_event cascade;

commit;
