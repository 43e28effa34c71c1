begin;
select plan(1);

select test.freeze_clock('2026-02-05T01:10:00Z');
select test.apply(
  array[
    test.ledger_event('tx-1', 'wallet-1', 'PAYMENT', related_id => 'po-b', event_time => '2026-02-05T01:00:00Z'),
    test.ledger_event('tx-2', 'wallet-2', 'RECEIVE', related_id => 'po-a', event_time => '2026-02-05T01:00:00Z'),
    test.ledger_event('tx-3', 'wallet-1', 'PAYMENT', related_id => 'po-c', event_time => '2026-02-05T00:59:00Z'),
    test.ledger_event('tx-4', 'wallet-1', 'PAYMENT', related_id => 'po-d', event_time => '2026-02-05T01:09:00Z'),
    test.ledger_event('tx-5', 'wallet-1', 'PAYMENT', related_id => 'po-e', event_time => '2026-02-05T00:00:00Z'),
    test.ledger_event('tx-6', 'wallet-2', 'RECEIVE', related_id => 'po-e', event_time => '2026-02-05T00:00:00Z')
  ]
);

select test.listed_pairs();
select results_eq(
  'select action::text, resource_type::text, resource_id, result::text, status_code, result_count::integer from bo.admin_audit_logs',
  $$ values ('ADMIN_PAIR_LOOKUP', 'PAIR', '*', 'FOUND', 200, 4) $$, 'a list of all, and how many it showed'
);

select * from finish();
rollback;
