-- Deploy tx_lookup:audit_log_columns to pg
-- Quick on a table of any size: the default of xid is stable, so rows of before get this transaction's id without being
-- rewritten, and it is above those that wrote them. The wider checks are validated in a transaction of its own, beside live
-- traffic; should that one time out, all of this can be run again.
-- squawk-ignore-file ban-drop-constraint, adding-not-nullable-field
begin;
set local role bo_owner;
set local lock_timeout = '5s';

alter table bo.admin_audit_logs
add column if not exists access_reason text,
add column if not exists xid xid8 not null default pg_current_xact_id(),
drop constraint if exists action_is_known,
drop constraint if exists resource_type_is_known,
drop constraint if exists result_is_known,
drop constraint if exists denied_is_403,
add constraint action_is_known check (
    action in (
        'ADMIN_TX_LOOKUP', 'ADMIN_ORDER_LOOKUP', 'ADMIN_WALLET_TX_LOOKUP', 'ADMIN_PAIR_LOOKUP', 'ADMIN_SEARCH', 'ADMIN_AUDIT_LOG_LOOKUP'
    )
) not valid,
add constraint resource_type_is_known check (
    resource_type in ('TX', 'PAYMENT_ORDER', 'WALLET', 'PAIR', 'ID', 'AUDIT_LOG')
) not valid,
add constraint result_is_known check (result in ('FOUND', 'NOT_FOUND', 'DENIED')) not valid,
add constraint denied_is_403 check ((result = 'DENIED') = (status_code = 403)) not valid;

comment on table bo.admin_audit_logs is
'Who asked what and what came back; one row for each answer, written by the statement that reads the answer. Rows are only ever '
'added, and sealed by bo.audit_seals';
comment on column bo.admin_audit_logs.result is 'FOUND, NOT_FOUND or DENIED';
comment on column bo.admin_audit_logs.resource_id is 'The id that was asked for; * for a list of all';
comment on column bo.admin_audit_logs.access_reason is 'X-Access-Reason header: why, a ticket say';
comment on column bo.admin_audit_logs.xid is 'Transaction that wrote the row; with audit_id the order of sealing';

commit;

begin;
set local role bo_owner;
set local lock_timeout = '5s';

alter table bo.admin_audit_logs
validate constraint action_is_known,
validate constraint resource_type_is_known,
validate constraint result_is_known,
validate constraint denied_is_403;

commit;
