begin;
select plan(1);

select test.freeze_clock('2026-02-05T01:00:05.9Z');
select test.apply(
  array[
    test.ledger_event('tx-1', 'wallet-1', 'PAYMENT', 10000.00, -10000.00, event_time => '2026-02-05T01:00:00.123456Z'),
    test.ledger_event('tx-2', 'wallet-2', 'RECEIVE', 10000.00, null, event_time => '2026-02-05T01:00:01Z')
  ],
  array[test.order_event()]
);
select test.freeze_clock('2026-02-05T01:00:09Z');

select test.lookup_payment_order('po-1');
select test.lookup_payment_order('po-9');
select results_eq(
  'select actor_id, actor_roles, action::text, resource_type::text, resource_id, result::text, status_code, ip, user_agent, request_method,
          request_path, request_query, requested_at, result_count::integer, correlation_id from bo.admin_audit_logs order by audit_id',
  $$ values (
    'alice', '{ADMIN_READ,ADMIN_AUDIT}'::text [], 'ADMIN_ORDER_LOOKUP', 'PAYMENT_ORDER', 'po-1', 'FOUND', 200, '192.0.2.7'::inet,
    'curl/8.0', 'GET', '/admin/payment-orders/po-1', null, '2026-02-05T01:00:09Z'::timestamptz, 1, 'corr-1'
  ), (
    'alice', '{ADMIN_READ,ADMIN_AUDIT}', 'ADMIN_ORDER_LOOKUP', 'PAYMENT_ORDER', 'po-9', 'NOT_FOUND', 404, '192.0.2.7',
    'curl/8.0', 'GET', '/admin/payment-orders/po-9', null, '2026-02-05T01:00:09Z', 0, 'corr-1'
  ) $$,
  'found and not found, to the field'
);

select * from finish();
rollback;
