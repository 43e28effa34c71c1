-- Triggers of statements are not handed down to partitions: each has its own, and keeps it when it is detached.
create or replace function bo.protect_audit_log()
returns void
language plpgsql
volatile
security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
  v_table regclass;
begin
  for v_table in
    select tree.relid
    from pg_catalog.pg_partition_tree('bo.admin_audit_logs') as tree
    where not exists (
      select from pg_catalog.pg_trigger where pg_trigger.tgrelid = tree.relid and pg_trigger.tgname = 'is_append_only'
    )
  loop
    execute format(
      'create trigger is_append_only before update or delete or truncate on %s for each statement execute function bo.refuse_change()',
      v_table
    );
    execute format('comment on trigger is_append_only on %s is %L', v_table, 'What was asked and answered stays known');
  end loop;
end;
$$;

comment on function bo.protect_audit_log() is 'Makes the audit log append-only, and every partition that is not so yet';
