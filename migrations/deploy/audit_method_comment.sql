-- Deploy tx_lookup:audit_method_comment to pg
begin;
set local role bo_owner;
set local lock_timeout = '5s';

comment on column bo.admin_audit_logs.request_method is 'GET, HEAD, or POST for a batch of lookups';

commit;
