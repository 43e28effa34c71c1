create or replace function bo.log_dlq_action(
    p_action text,
    p_actor text,
    p_reason text,
    p_dlq_id bigint,
    p_outcome text,
    p_detail jsonb default '{}'
)
returns void
language sql
volatile
security invoker
set search_path = pg_catalog, pg_temp
as $$
  insert into bo.dlq_actions (acted_at, actor, login_role, action, reason, dlq_id, outcome, detail)
  values (bo.clock(), p_actor, session_user, p_action, p_reason, p_dlq_id, p_outcome, p_detail);
$$;

comment on function bo.log_dlq_action(text, text, text, bigint, text, jsonb) is 'Adds a row to bo.dlq_actions';
