-- Deploy tx_lookup:progress_kinds to pg
-- squawk-ignore-file constraint-missing-not-valid
begin;
set local role bo_owner;
set local lock_timeout = '5s';

-- Null: no consumer has been there since this column came. A row a partition: the check is read off in no time.
alter table bo.consumer_progress
add column kind text,
add constraint kind_is_known check (kind in ('ledger_entry', 'payment_order'));
comment on column bo.consumer_progress.kind is 'What the topic holds, as the consumer was told';

alter type bo.partition_progress add attribute kind text;

commit;
