begin;
select plan(3);

select test.apply_ledger(
  test.ledger_event('tx-1', entry_type => 'REFUND', related_id => 'po-1'),
  test.ledger_event('tx-2', entry_type => 'payment', related_id => 'po-2'),
  test.ledger_event('tx-3', related_type => 'TRANSFER', related_id => 'po-3'),
  test.ledger_event('tx-4', related_type => 'payment_order', related_id => 'po-4'),
  test.ledger_event('tx-5', related_id => null),
  test.ledger_event('tx-6', related_id => null, related_type => null)
);
select is_empty(
  'select * from bo.payment_ledger_pairs', 'no other entry type, no other related type, no entry without related_id, and by exact spelling'
);

select test.apply_ledger(test.ledger_event('tx-7', related_id => 'po-7', related_type => null));
select is(test.pair('po-7'), 'INCOMPLETE tx-7 -', 'no related type counts as PAYMENT_ORDER');
select test.pairs_are_right('as the ledger says');

select * from finish();
rollback;
