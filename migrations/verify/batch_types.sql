-- Verify tx_lookup:batch_types on pg
begin;

select
    null::bo.ledger_event, null::bo.payment_order_event, null::bo.event_version, null::bo.dead_letter, null::bo.partition_progress,
    null::bo.pair_entry, null::bo.computed_pair, null::bo.write_result, null::bo.ledger_result, null::bo.pairing_result, null::bo.batch_result;

rollback;
