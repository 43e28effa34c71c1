-- The only file with GRANT and REVOKE. Login roles call functions and read no table; sql/install.sql runs this file as the owner.
revoke all on schema bo, bo_api from public, bo_consumer, bo_admin_api, bo_operator;
revoke all on all tables in schema bo, bo_api from public, bo_consumer, bo_admin_api, bo_operator;
revoke all on all functions in schema bo, bo_api from public, bo_consumer, bo_admin_api, bo_operator;

-- Row types are arguments of bo.apply_batch() and the lookups; the type check needs the right to use them.
grant usage on schema bo to bo_consumer, bo_admin_api, bo_operator;
grant usage on schema bo_api to bo_admin_api;

grant execute on function bo.wire_types() to bo_consumer;
grant execute on function bo.read_progress(text) to bo_consumer;
grant execute on function bo.apply_batch(
  text, bo.dead_letter [], bo.ledger_event [], bo.payment_order_event [], bo.partition_progress []
) to bo_consumer;
grant execute on function bo.begin_backfill(text, bytea, timestamptz, timestamptz, text, bigint, boolean) to bo_consumer;
grant execute on function bo.apply_backfill_batch(
  bigint, bigint, boolean, bo.dead_letter [], bo.ledger_event [], bo.payment_order_event []
) to bo_consumer;
grant execute on function bo.upsert_ledger_entry(
  text, text, text, numeric, numeric, text, text, timestamptz, timestamptz, timestamptz, bigint, timestamptz
) to bo_consumer;
grant execute on function bo.upsert_payment_order(
  text, text, text, numeric, text, timestamptz, timestamptz, bigint, timestamptz
) to bo_consumer;
grant execute on function bo.watch_pairs(integer) to bo_consumer;
grant execute on function bo.prune_dead_letters(integer, text, integer) to bo_consumer;

grant execute on function bo_api.wire_types() to bo_admin_api;
grant execute on function bo_api.lookup_tx(bo_api.lookup_request []) to bo_admin_api;
grant execute on function bo_api.lookup_payment_order(bo_api.lookup_request []) to bo_admin_api;
grant execute on function bo_api.lookup_wallet_tx(bo_api.lookup_request []) to bo_admin_api;
grant execute on function bo_api.batch_get_tx(bo_api.lookup_request []) to bo_admin_api;
grant execute on function bo_api.search(bo_api.lookup_request []) to bo_admin_api;
grant execute on function bo_api.list_pairs(bo_api.lookup_request []) to bo_admin_api;
grant execute on function bo_api.ping() to bo_admin_api;
grant execute on function bo_api.replication_lag_seconds() to bo_admin_api;
grant execute on function bo_api.list_audit_logs(bo_api.lookup_request []) to bo_admin_api;
grant execute on function bo_api.record_denial(bo_api.lookup_request [], text, text) to bo_admin_api;
grant execute on function bo.create_audit_partitions(integer) to bo_admin_api;
grant execute on function bo.seal_audit_log(integer, boolean) to bo_admin_api, bo_operator;
grant execute on function bo.audit_log_state() to bo_admin_api;

grant execute on function bo.order_ids_after(text, integer) to bo_operator;
grant execute on function bo.order_ids_touched_since(timestamptz) to bo_operator;
grant execute on function bo.pair_count_estimate() to bo_operator;
grant execute on function bo.repair_pairs(text [], boolean, timestamptz) to bo_operator;
grant execute on function bo.check_pairs(integer) to bo_operator;
grant execute on function bo.wire_types() to bo_operator;
grant execute on function bo.list_dead_letters(bo.dead_letter_filter, boolean, text, text) to bo_operator;
grant execute on function bo.show_dead_letters(bo.dead_letter_filter, integer, boolean, text, text) to bo_operator;
grant execute on function bo.count_dead_letters(bo.dead_letter_filter) to bo_operator;
grant execute on function bo.claim_dead_letter(bo.dead_letter_filter) to bo_operator;
grant execute on function bo.replay_dead_letter(
  bigint, bo.ledger_event [], bo.payment_order_event [], text, text, bytea, integer, text, text
) to bo_operator;
grant execute on function bo.discard_dead_letters(bo.dead_letter_filter, integer, text, text) to bo_operator;
grant execute on function bo.prune_dead_letters(integer, text, integer) to bo_operator;
grant execute on function bo.import_dead_letters(bo.dead_letter [], text, text, text) to bo_operator;
grant execute on function bo.verify_audit_log(text, integer) to bo_operator;
grant execute on function bo.audit_checkpoint() to bo_operator;
grant execute on function bo.detach_audit_partitions(integer) to bo_operator;
