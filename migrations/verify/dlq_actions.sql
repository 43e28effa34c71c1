-- Verify tx_lookup:dlq_actions on pg
begin;

select action_id, acted_at, actor, login_role, action, reason, dlq_id, outcome, detail from bo.dlq_actions where false;

rollback;
