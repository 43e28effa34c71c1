begin;
select plan(1);

select test.apply_ledger(
  test.ledger_event('tx-1', related_id => 'po-1', amount => 5), test.ledger_event('tx-2', related_id => 'po-1', amount => 6, event_time => '2026-02-05T00:59:00Z'),
  test.ledger_event('tx-3', entry_type => 'RECEIVE', related_id => 'po-1'), test.ledger_event('tx-4', entry_type => 'FEE', related_id => 'po-1'),
  test.ledger_event('tx-5', related_id => 'po-2'), test.ledger_event('tx-6', entry_type => 'RECEIVE', related_id => 'po-2'),
  test.ledger_event('tx-7', entry_type => 'RECEIVE', related_id => 'po-3'), test.ledger_event('tx-8', entry_type => 'RECEIVE', related_id => 'po-3')
);

select set_eq(
  'select payment_order_id, entry_type, tx_id, is_in_slot, amount from bo.extra_entries',
  $$ values ('po-1', 'PAYMENT', 'tx-1', false, 5::numeric), ('po-1', 'PAYMENT', 'tx-2', true, 6),
            ('po-3', 'RECEIVE', 'tx-7', true, 10000.00), ('po-3', 'RECEIVE', 'tx-8', false, 10000.00) $$,
  'the one in the slot and the others; not the other slot, nor entries that are not paired'
);

select * from finish();
rollback;
