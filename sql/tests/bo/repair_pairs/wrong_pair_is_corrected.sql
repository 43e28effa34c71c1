begin;
select plan(3);

select test.apply_ledger(
  test.ledger_event('tx-1', 'wallet-1', related_id => 'po-1'), test.ledger_event('tx-2', 'wallet-2', 'RECEIVE', related_id => 'po-1'),
  test.ledger_event('tx-3', 'wallet-3', related_id => 'po-2'), test.ledger_event('tx-4', 'wallet-4', related_id => 'po-3'),
  test.ledger_event('tx-5', 'wallet-5', related_id => 'po-4')
);
update bo.payment_ledger_pairs set payment_tx_id = 'tx-9' where payment_order_id = 'po-1';
update bo.payment_ledger_pairs set payer_wallet_id = 'wallet-9' where payment_order_id = 'po-2';
update bo.payment_ledger_pairs set payment_event_time = payment_event_time + interval '1 microsecond' where payment_order_id = 'po-3';
update bo.payment_ledger_pairs set payment_entry_count = 2 where payment_order_id = 'po-4';

select is(test.repair(), '{po-1,po-2,po-3,po-4}', 'a wrong entry, wallet, time or count is found');
select test.pairs_are_right('and corrected');
select is(test.repair(), '{}', 'a second run finds nothing');

select * from finish();
rollback;
