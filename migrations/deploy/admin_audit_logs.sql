-- Deploy tx_lookup:admin_audit_logs to pg
begin;
set local role bo_owner;
set local lock_timeout = '5s';

create table bo.admin_audit_logs (
    audit_id bigint not null generated always as identity,
    actor_id text not null,
    actor_roles text [] not null,
    action text not null,
    resource_type text not null,
    resource_id text not null,
    result text not null,
    status_code integer not null,
    ip inet,
    user_agent text,
    request_method text not null,
    request_path text not null,
    request_query text,
    requested_at timestamptz not null,
    duration_ms double precision not null,
    result_count integer not null,
    correlation_id text not null,
    constraint admin_audit_logs_pkey primary key (audit_id, requested_at),
    constraint action_is_known check (action in ('ADMIN_TX_LOOKUP', 'ADMIN_ORDER_LOOKUP', 'ADMIN_WALLET_TX_LOOKUP')),
    constraint resource_type_is_known check (resource_type in ('TX', 'PAYMENT_ORDER', 'WALLET')),
    constraint result_is_known check (result in ('FOUND', 'NOT_FOUND')),
    constraint result_count_is_not_negative check (result_count >= 0)
) partition by range (requested_at);

-- Rows of a month that no job has made yet land here rather than fail; rows in it are an alert.
create table bo.admin_audit_logs_default partition of bo.admin_audit_logs default;

comment on table bo.admin_audit_logs is 'Who asked what and what came back; one row for each answer, written by the statement that reads the answer';
comment on table bo.admin_audit_logs_default is 'Rows of months without a partition; bo.create_audit_partitions() moves them out';
comment on column bo.admin_audit_logs.audit_id is 'Order of writing within a session; gaps are normal';
comment on column bo.admin_audit_logs.actor_id is 'Who asked';
comment on column bo.admin_audit_logs.actor_roles is 'Roles that the actor had then';
comment on column bo.admin_audit_logs.action is 'Which lookup';
comment on column bo.admin_audit_logs.resource_type is 'What resource_id names';
comment on column bo.admin_audit_logs.resource_id is 'The id that was asked for';
comment on column bo.admin_audit_logs.result is 'FOUND or NOT_FOUND';
comment on column bo.admin_audit_logs.status_code is 'HTTP status of the answer';
comment on column bo.admin_audit_logs.ip is 'Address of the client';
comment on column bo.admin_audit_logs.user_agent is 'User-Agent header';
comment on column bo.admin_audit_logs.request_method is 'GET or HEAD';
comment on column bo.admin_audit_logs.request_path is 'Path as sent';
comment on column bo.admin_audit_logs.request_query is 'Query as sent, secret values masked';
comment on column bo.admin_audit_logs.requested_at is 'When the answer was read; the partition key';
comment on column bo.admin_audit_logs.duration_ms is 'Milliseconds from the request to this row';
comment on column bo.admin_audit_logs.result_count is 'Rows in the answer';
comment on column bo.admin_audit_logs.correlation_id is 'X-Correlation-ID of the answer';

commit;
