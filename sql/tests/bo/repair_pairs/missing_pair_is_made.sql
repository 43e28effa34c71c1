begin;
select plan(3);

select test.apply_ledger(
  test.ledger_event('tx-1', 'wallet-1', related_id => 'po-1'), test.ledger_event('tx-2', 'wallet-2', 'RECEIVE', related_id => 'po-1'),
  test.ledger_event('tx-3', 'wallet-3', related_id => 'po-2'), test.ledger_event('tx-4', 'wallet-4', related_id => 'po-3'),
  test.ledger_event('tx-5', 'wallet-5', related_id => 'po-4')
);
delete from bo.payment_ledger_pairs where payment_order_id in ('po-1', 'po-2');

select is(test.repair(), '{po-1,po-2}', 'missing rows are found');
select is(test.pair('po-1'), 'COMPLETE tx-1 tx-2', 'and made');
select test.pairs_are_right('as the ledger says');

select * from finish();
rollback;
