-- Functions and views, in the order of their dependencies; one transaction, safe to run again at any time.
-- Views are dropped first, since "create or replace" can't take a column away; readers wait for the commit.
begin;
set local role bo_owner;
set local lock_timeout = '5s';
set local client_min_messages = warning;

drop view if exists bo.dead_letters;
drop view if exists
  bo.extra_entries, bo.amount_mismatches, bo.complete_pairs_without_order, bo.incomplete_pairs_by_age;
drop view if exists
  bo_api.transactions, bo_api.payment_orders, bo_api.entry_items, bo_api.entries, bo_api.pair_items, bo_api.pairs, bo_api.freshness,
  bo_api.progress, bo_api.audit_log_items;
-- Nor can it change what a function returns.
drop function if exists bo.repair_pairs(text [], boolean);
drop function if exists
  bo_api.lookup_tx(bo_api.lookup_request []), bo_api.lookup_payment_order(bo_api.lookup_request []),
  bo_api.lookup_wallet_tx(bo_api.lookup_request []), bo_api.batch_get_tx(bo_api.lookup_request []),
  bo_api.search(bo_api.lookup_request []), bo_api.list_pairs(bo_api.lookup_request []),
  bo_api.list_audit_logs(bo_api.lookup_request []);
drop function if exists bo_api.lag_sec(timestamptz, timestamptz);
-- Nor what it takes.
drop function if exists bo.record_progress(text, bo.partition_progress []);
drop function if exists bo.seal_audit_log(integer);
drop function if exists bo.try_lock_audit_seals();
drop function if exists bo.verify_audit_log(text, integer), bo.audit_chain_findings(jsonb);

\ir functions/bo/clock.sql
\ir functions/bo/pairing_order_id.sql
\ir functions/bo/version_of.sql
\ir functions/bo/as_event.sql
\ir functions/bo/supersedes.sql
\ir functions/bo/with_record_timestamp.sql
\ir functions/bo/not_stored.sql
\ir functions/bo/winning_ledger_events.sql
\ir functions/bo/winning_payment_order_events.sql
\ir functions/bo/replace_ledger_entries.sql
\ir functions/bo/replace_payment_orders.sql
\ir functions/bo/apply_ledger_events.sql
\ir functions/bo/apply_payment_order_events.sql
\ir functions/bo/precedes.sql
\ir functions/bo/as_computed.sql
\ir functions/bo/fold_pairs.sql
\ir functions/bo/computed_pairs.sql
\ir functions/bo/recompute_pairs.sql
\ir functions/bo/apply_pairs.sql
\ir functions/bo/store_dead_letters.sql
\ir functions/bo/record_progress.sql
\ir functions/bo/read_progress.sql
\ir functions/bo/apply_batch.sql
\ir functions/bo/begin_backfill.sql
\ir functions/bo/apply_backfill_batch.sql
\ir functions/bo/outcome_of.sql
\ir functions/bo/upsert_ledger_entry.sql
\ir functions/bo/upsert_payment_order.sql
\ir functions/bo/wire_types.sql
\ir functions/bo/order_ids_after.sql
\ir functions/bo/pair_drift.sql
\ir functions/bo/repair_chunk.sql
\ir functions/bo/order_ids_touched_since.sql
\ir functions/bo/repair_pairs.sql
\ir functions/bo/pair_count_estimate.sql
\ir functions/bo/sample_percent.sql
\ir functions/bo/sample_order_ids.sql
\ir functions/bo/check_pairs.sql
\ir functions/bo/watch_pairs.sql
\ir functions/bo/orders_without_entries.sql
\ir functions/bo/bytes_as_text.sql
\ir functions/bo/masked_text.sql
\ir functions/bo/masked_payload.sql
\ir functions/bo/refuse_change.sql
\ir functions/bo/log_dlq_action.sql
\ir functions/bo/matches.sql
\ir functions/bo/list_dead_letters.sql
\ir functions/bo/show_dead_letters.sql
\ir functions/bo/count_dead_letters.sql
\ir functions/bo/claim_dead_letter.sql
\ir functions/bo/store_replacement.sql
\ir functions/bo/replay_dead_letter.sql
\ir functions/bo/discard_dead_letters.sql
\ir functions/bo/prune_dead_letters.sql
\ir functions/bo/import_dead_letters.sql
\ir functions/bo/protect_audit_log.sql
\ir functions/bo/create_audit_partitions.sql
\ir functions/bo/utc_text.sql
\ir functions/bo/audit_row_hash.sql
\ir functions/bo/audit_seal_hash.sql
\ir functions/bo/audit_partitions.sql
\ir functions/bo/audit_months.sql
\ir functions/bo/lock_audit_seals.sql
\ir functions/bo/append_audit_seal.sql
\ir functions/bo/first_unsealed.sql
\ir functions/bo/seal_audit_rows.sql
\ir functions/bo/seal_audit_log.sql
\ir functions/bo/begin_audit_epoch.sql
\ir functions/bo/audit_checkpoint.sql
\ir functions/bo/audit_spans.sql
\ir functions/bo/audit_chain_findings.sql
\ir functions/bo/audit_row_findings.sql
\ir functions/bo/verify_audit_log.sql
\ir functions/bo/oldest_unsealed.sql
\ir functions/bo/audit_log_state.sql
\ir functions/bo/detach_audit_partitions.sql
\ir functions/bo/write_audit_log.sql
\ir views/bo/dead_letters.sql
\ir views/bo/extra_entries.sql
\ir views/bo/amount_mismatches.sql
\ir views/bo/complete_pairs_without_order.sql
\ir views/bo/incomplete_pairs_by_age.sql

\ir functions/bo_api/rfc3339.sql
\ir functions/bo_api/status_group.sql
\ir functions/bo_api/pairing_grace.sql
\ir functions/bo_api/age_sec.sql
\ir functions/bo_api/pairing.sql
\ir functions/bo_api/lag_sec.sql
\ir views/bo_api/progress.sql
\ir views/bo_api/freshness.sql
\ir functions/bo_api/ledger_through.sql
\ir views/bo_api/pairs.sql
\ir views/bo_api/entries.sql
\ir views/bo_api/transactions.sql
\ir views/bo_api/entry_items.sql
\ir views/bo_api/payment_orders.sql
\ir views/bo_api/pair_items.sql
\ir views/bo_api/audit_log_items.sql
\ir functions/bo_api/problem.sql
\ir functions/bo_api/still_to_come.sql
\ir functions/bo_api/encode_cursor.sql
\ir functions/bo_api/time_at.sql
\ir functions/bo_api/decode_cursor.sql
\ir functions/bo_api/bad_request.sql
\ir functions/bo_api/bad_cursor.sql
\ir functions/bo_api/csv_field.sql
\ir functions/bo_api/to_csv.sql
\ir functions/bo_api/list_answer.sql
\ir functions/bo_api/answer_wallet_tx.sql
\ir functions/bo_api/answer_pairs.sql
\ir functions/bo_api/matches_of.sql
\ir functions/bo_api/wire_types.sql
\ir functions/bo_api/lookup_tx.sql
\ir functions/bo_api/lookup_payment_order.sql
\ir functions/bo_api/lookup_wallet_tx.sql
\ir functions/bo_api/batch_get_tx.sql
\ir functions/bo_api/search.sql
\ir functions/bo_api/list_pairs.sql
\ir functions/bo_api/answer_audit_logs.sql
\ir functions/bo_api/list_audit_logs.sql
\ir functions/bo_api/record_denial.sql
\ir functions/bo_api/ping.sql
\ir functions/bo_api/replication_lag_seconds.sql

\ir grants.sql

select bo.protect_audit_log();
select bo.create_audit_partitions() as audit_partitions_created;

commit;
