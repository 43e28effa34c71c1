-- Deploy tx_lookup:dlq_actions to pg
begin;
set local role bo_owner;
set local lock_timeout = '5s';

create table bo.dlq_actions (
    action_id bigint not null generated always as identity,
    acted_at timestamptz not null,
    actor text not null,
    login_role text not null,
    action text not null,
    reason text,
    dlq_id bigint,
    outcome text not null,
    detail jsonb not null,
    constraint dlq_actions_pkey primary key (action_id),
    constraint action_is_known check (action in ('REPLAY', 'DISCARD', 'SHOW_RAW', 'LIST_RAW', 'PRUNE', 'IMPORT')),
    constraint actor_is_named check (actor ~ '\S'),
    constraint reason_is_given check (action in ('REPLAY', 'PRUNE', 'IMPORT') or (reason is not null and reason ~ '\S'))
);

-- No foreign key: what was done outlives the letter.
create index dlq_actions_of_letter on bo.dlq_actions (dlq_id) where dlq_id is not null;

comment on table bo.dlq_actions is 'Who did what with dead letters, and why; rows are only ever added';
comment on column bo.dlq_actions.action_id is 'Order of writing within a session; gaps are normal';
comment on column bo.dlq_actions.acted_at is 'When';
comment on column bo.dlq_actions.actor is 'Who, by the name that was given';
comment on column bo.dlq_actions.login_role is 'Role that was logged in';
comment on column bo.dlq_actions.action is 'SHOW_RAW and LIST_RAW: values were shown unmasked';
comment on column bo.dlq_actions.reason is 'Why; may be missing for REPLAY, PRUNE and IMPORT';
comment on column bo.dlq_actions.dlq_id is 'The letter; null where an action was about many';
comment on column bo.dlq_actions.outcome is
'Of a replay: inserted, updated, duplicate or stale as for any event, failed, or parked; else discarded, shown, pruned or imported';
comment on column bo.dlq_actions.detail is 'What else there is to know, without values of payloads';

commit;
