begin;
select plan(3);

select test.freeze_clock('2026-02-05T10:00:00Z');
select test.apply_orders(
  test.order_event('po-paid'), test.order_event('po-untyped'), test.order_event('po-fee'), test.order_event('po-other-kind'),
  test.order_event('po-bare')
);
select test.apply_ledger(
  test.ledger_event('tx-1', related_id => 'po-paid'), test.ledger_event('tx-2', related_id => 'po-untyped', related_type => null),
  test.ledger_event('tx-3', entry_type => 'FEE', related_id => 'po-fee'),
  test.ledger_event('tx-4', related_id => 'po-other-kind', related_type => 'REFUND')
);

select test.freeze_clock('2026-02-05T10:09:59Z');
select is_empty('select * from bo.orders_without_entries()', 'none waits for ten minutes yet');
select test.freeze_clock('2026-02-05T10:10:00Z');
select results_eq(
  'select order_id, status, amount, created_at, ingested_at from bo.orders_without_entries()',
  $$ values ('po-bare', 'SETTLED', 10000.00, timestamptz '2026-02-05T01:00:00Z', timestamptz '2026-02-05T10:00:00Z'),
            ('po-other-kind', 'SETTLED', 10000.00, '2026-02-05T01:00:00Z', '2026-02-05T10:00:00Z') $$,
  'the orders that no entry of theirs names'
);
select is_empty('select * from bo.orders_without_entries(11)', 'as many minutes as told');

select * from finish();
rollback;
