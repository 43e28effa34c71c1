-- Deploy tx_lookup:audit_words to pg
-- PostgreSQL reads a table's CHECK constraints anew for each INSERT; those of a domain it keeps. No row
-- is written anew: a domain without constraints takes a column over as it is, and what the table checked until then its domain checks
-- from the same moment on. But the log is read for the checks that are made again and for the validation, and lookups wait meanwhile:
-- a matter of seconds for each million rows. Should it time out, all of this can be run again.
-- What was made over these columns goes: sql/install.sql makes it anew.
-- squawk-ignore-file changing-column-type, ban-drop-constraint, ban-drop-view, ban-drop-function, ban-drop-domain, ban-alter-domain-with-add-constraint
begin;
set local role bo_owner;
set local lock_timeout = '5s';

drop view if exists bo_api.audit_log_items;
drop function if exists bo.audit_row_hash(bo.admin_audit_logs);

alter table bo.admin_audit_logs
alter column action type text,
alter column resource_type type text,
alter column result type text,
alter column result_count type integer;
drop domain if exists bo.audit_action, bo.audit_resource_type, bo.audit_result, bo.row_count;

create domain bo.audit_action as text;
create domain bo.audit_resource_type as text;
create domain bo.audit_result as text;
create domain bo.row_count as integer;
comment on domain bo.audit_action is 'What was asked for';
comment on domain bo.audit_resource_type is 'What a resource_id names';
comment on domain bo.audit_result is 'What became of a request';
comment on domain bo.row_count is 'How many rows';

alter table bo.admin_audit_logs
alter column action type bo.audit_action,
alter column resource_type type bo.audit_resource_type,
alter column result type bo.audit_result,
alter column result_count type bo.row_count,
drop constraint if exists action_is_known,
drop constraint if exists resource_type_is_known,
drop constraint if exists result_is_known,
drop constraint if exists result_count_is_not_negative;

alter domain bo.audit_action add constraint action_is_known check (
    value in (
        'ADMIN_TX_LOOKUP', 'ADMIN_ORDER_LOOKUP', 'ADMIN_WALLET_TX_LOOKUP', 'ADMIN_PAIR_LOOKUP', 'ADMIN_SEARCH', 'ADMIN_AUDIT_LOG_LOOKUP'
    )
) not valid;
alter domain bo.audit_resource_type add constraint resource_type_is_known check (
    value in ('TX', 'PAYMENT_ORDER', 'WALLET', 'PAIR', 'ID', 'AUDIT_LOG')
) not valid;
alter domain bo.audit_result add constraint result_is_known check (value in ('FOUND', 'NOT_FOUND', 'DENIED')) not valid;
alter domain bo.row_count add constraint row_count_is_not_negative check (value >= 0) not valid;

commit;

begin;
set local role bo_owner;
set local lock_timeout = '5s';

alter domain bo.audit_action validate constraint action_is_known;
alter domain bo.audit_resource_type validate constraint resource_type_is_known;
alter domain bo.audit_result validate constraint result_is_known;
alter domain bo.row_count validate constraint row_count_is_not_negative;

commit;
