-- Deploy tx_lookup:incomplete_pairs_index to pg
-- Writers of pairs wait while it is built; pairs that are COMPLETE are read but not in it.
-- squawk-ignore-file require-concurrent-index-creation
begin;
set local role bo_owner;
set local lock_timeout = '5s';

-- Of an INCOMPLETE pair one of the two times is there.
create index incomplete_pairs_by_time on bo.payment_ledger_pairs (coalesce(payment_event_time, receive_event_time), payment_order_id)
where pairing_status = 'INCOMPLETE';

commit;
