-- Revert tx_lookup:audit_method_comment from pg
begin;
set local role bo_owner;
set local lock_timeout = '5s';

comment on column bo.admin_audit_logs.request_method is 'GET or HEAD';

commit;
