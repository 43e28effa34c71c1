begin;
select plan(4);

select test.apply_ledger(
  test.ledger_event('tx-1', 'wallet-1', related_id => 'po-1'), test.ledger_event('tx-2', 'wallet-2', 'RECEIVE', related_id => 'po-1'),
  test.ledger_event('tx-3', 'wallet-3', related_id => 'po-2'), test.ledger_event('tx-4', 'wallet-4', related_id => 'po-3'),
  test.ledger_event('tx-5', 'wallet-5', related_id => 'po-4')
);
update bo.payment_ledger_pairs set payer_wallet_id = 'wallet-9';

select is(test.repair(array['po-3', 'po-1', 'po-1', 'po-77', null]), '{po-1,po-3}', 'those that are given, and wrong');
select is(
  (select array_agg(payment_order_id order by payment_order_id) from bo.payment_ledger_pairs where payer_wallet_id = 'wallet-9'),
  '{po-2,po-4}'::text [], 'the others stay'
);
select is(test.repair('{}'), '{}', 'no order given: none is repaired');
select is(test.repair(), '{po-2,po-4}', 'nothing given: all are');

select * from finish();
rollback;
