begin;
select plan(1);

select test.lookup_tx('tx-9');

select results_eq(
  'select action::text, resource_type::text, resource_id, result::text, status_code, request_path, result_count::integer from bo.admin_audit_logs',
  $$ values ('ADMIN_TX_LOOKUP', 'TX', 'tx-9', 'NOT_FOUND', 404, '/admin/tx/tx-9', 0) $$, 'to the field'
);

select * from finish();
rollback;
