-- For tables that are append-only, their owner included; a superuser can do as he likes anyway.
create or replace function bo.refuse_change()
returns trigger
language plpgsql
volatile
security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
  if (select pg_roles.rolsuper from pg_catalog.pg_roles where pg_roles.rolname = current_user) then
    return null;
  end if;
  raise insufficient_privilege using message = format('%I.%I is append-only', tg_table_schema, tg_table_name);
end;
$$;

comment on function bo.refuse_change() is 'Refuses UPDATE, DELETE and TRUNCATE of a table to all but superusers';

create or replace trigger is_append_only
before update or delete or truncate on bo.dlq_actions
for each statement execute function bo.refuse_change();

comment on trigger is_append_only on bo.dlq_actions is 'What was done stays known';

create or replace trigger is_append_only
before update or delete or truncate on bo.audit_seals
for each statement execute function bo.refuse_change();

comment on trigger is_append_only on bo.audit_seals is 'What was sealed stays provable';
