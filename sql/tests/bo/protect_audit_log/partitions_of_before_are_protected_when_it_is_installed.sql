begin;
select plan(2);

drop trigger is_append_only on bo.admin_audit_logs_default;
select test.call_as('bo_owner', 'select bo.protect_audit_log()');
select throws_ok(
  $$ select test.call_as('bo_owner', 'delete from bo.admin_audit_logs_default') $$, '42501', 'bo.admin_audit_logs_default is append-only',
  'it is made append-only'
);
select is_empty(
  $$ select relid from pg_partition_tree('bo.admin_audit_logs')
     where not exists (select from pg_trigger where tgrelid = relid and tgname = 'is_append_only' and tgenabled = 'O') $$,
  'as are the others'
);

select * from finish();
rollback;
