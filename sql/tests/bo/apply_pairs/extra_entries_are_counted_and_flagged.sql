begin;
select plan(3);

select test.apply_ledger(test.ledger_event('tx-1'), test.ledger_event('tx-2', entry_type => 'RECEIVE'));
select test.apply_ledger(test.ledger_event('tx-3'));
select results_eq(
  'select payment_entry_count, receive_entry_count, has_extra_entries from bo.payment_ledger_pairs', 'values (2, 1, true)',
  'a second PAYMENT'
);

select test.apply_ledger(
  test.ledger_event('tx-4', entry_type => 'RECEIVE'), test.ledger_event('tx-5', entry_type => 'RECEIVE'),
  test.ledger_event('tx-6', related_id => 'po-2'), test.ledger_event('tx-7', related_id => 'po-2')
);
select results_eq(
  'select payment_entry_count, receive_entry_count, has_extra_entries from bo.payment_ledger_pairs order by payment_order_id',
  'values (2, 3, true), (2, 0, true)', 'more RECEIVEs, and two PAYMENTs at once'
);
select test.pairs_are_right('as the ledger says');

select * from finish();
rollback;
