-- Revert tx_lookup:audit_words from pg
begin;
set local role bo_owner;
set local lock_timeout = '5s';

-- As it was made over these columns: sql/install.sql makes functions and views, the plan does not.
drop view if exists bo_api.audit_log_items;
drop function if exists bo.audit_row_hash(bo.admin_audit_logs);

alter table bo.admin_audit_logs
alter column action type text,
alter column resource_type type text,
alter column result type text,
alter column result_count type integer,
add constraint action_is_known check (
    action in (
        'ADMIN_TX_LOOKUP', 'ADMIN_ORDER_LOOKUP', 'ADMIN_WALLET_TX_LOOKUP', 'ADMIN_PAIR_LOOKUP', 'ADMIN_SEARCH', 'ADMIN_AUDIT_LOG_LOOKUP'
    )
),
add constraint resource_type_is_known check (
    resource_type in ('TX', 'PAYMENT_ORDER', 'WALLET', 'PAIR', 'ID', 'AUDIT_LOG')
),
add constraint result_is_known check (result in ('FOUND', 'NOT_FOUND', 'DENIED')),
add constraint result_count_is_not_negative check (result_count >= 0);

drop domain bo.audit_action;
drop domain bo.audit_resource_type;
drop domain bo.audit_result;
drop domain bo.row_count;

commit;
