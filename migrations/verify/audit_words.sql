-- Verify tx_lookup:audit_words on pg
begin;

select 1 / (count(*) = 4)::integer
  from pg_catalog.pg_attribute as col
  inner join pg_catalog.pg_constraint as rule on rule.contypid = col.atttypid
  where
    col.attrelid = 'bo.admin_audit_logs'::regclass
    and rule.conname in ('action_is_known', 'resource_type_is_known', 'result_is_known', 'row_count_is_not_negative')
    and rule.convalidated;

rollback;
