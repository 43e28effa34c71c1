-- Revert tx_lookup:audit_log_columns from pg
begin;
set local role bo_owner;
set local lock_timeout = '5s';

-- Fails where a row has one of the new values: no audit row is given up for a revert. Functions over the columns go with
-- them: sql/install.sql makes functions, the plan does not.
alter table bo.admin_audit_logs
drop column access_reason cascade,
drop column xid cascade,
drop constraint denied_is_403,
drop constraint action_is_known,
drop constraint resource_type_is_known,
drop constraint result_is_known,
add constraint action_is_known check (action in ('ADMIN_TX_LOOKUP', 'ADMIN_ORDER_LOOKUP', 'ADMIN_WALLET_TX_LOOKUP')),
add constraint resource_type_is_known check (resource_type in ('TX', 'PAYMENT_ORDER', 'WALLET')),
add constraint result_is_known check (result in ('FOUND', 'NOT_FOUND'));

comment on table bo.admin_audit_logs is 'Who asked what and what came back; one row for each answer, written by the statement that reads the answer';
comment on column bo.admin_audit_logs.result is 'FOUND or NOT_FOUND';
comment on column bo.admin_audit_logs.resource_id is 'The id that was asked for';

commit;
