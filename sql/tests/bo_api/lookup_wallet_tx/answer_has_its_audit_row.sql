begin;
select plan(1);

select test.apply_ledger(
  test.ledger_event('tx-a', event_time => '2026-02-05T01:00:01Z'), test.ledger_event('tx-B', event_time => '2026-02-05T01:00:01Z'),
  test.ledger_event('tx-c', event_time => '2026-02-05T01:00:00.999999Z'), test.ledger_event('tx-d', event_time => '2026-02-05T01:00:02Z'),
  test.ledger_event('tx-e', 'wallet-2', event_time => '2026-02-05T01:00:01Z')
);

select test.freeze_clock('2026-02-05T01:00:09Z');

select test.lookup_wallet_tx('wallet-1', max_entries => 3);
select test.lookup_wallet_tx('wallet-9');
select results_eq(
  'select actor_id, actor_roles, action::text, resource_type::text, resource_id, result::text, status_code, ip, user_agent, request_method,
          request_path, request_query, requested_at, result_count::integer, correlation_id from bo.admin_audit_logs order by audit_id',
  $$ values (
    'alice', '{ADMIN_READ,ADMIN_AUDIT}'::text [], 'ADMIN_WALLET_TX_LOOKUP', 'WALLET', 'wallet-1', 'FOUND', 200, '192.0.2.7'::inet,
    'curl/8.0', 'GET', '/admin/wallets/wallet-1/tx', 'limit=3', '2026-02-05T01:00:09Z'::timestamptz, 3, 'corr-1'
  ), (
    'alice', '{ADMIN_READ,ADMIN_AUDIT}', 'ADMIN_WALLET_TX_LOOKUP', 'WALLET', 'wallet-9', 'FOUND', 200, '192.0.2.7',
    'curl/8.0', 'GET', '/admin/wallets/wallet-9/tx', 'limit=20', '2026-02-05T01:00:09Z', 0, 'corr-1'
  ) $$,
  'with its count, an empty list too, to the field'
);

select * from finish();
rollback;
