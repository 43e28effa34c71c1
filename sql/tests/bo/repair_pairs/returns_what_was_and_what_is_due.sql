begin;
select plan(1);

select test.apply_ledger(
  test.ledger_event('tx-1', 'wallet-1', related_id => 'po-1'), test.ledger_event('tx-2', 'wallet-2', 'RECEIVE', related_id => 'po-1'),
  test.ledger_event('tx-3', 'wallet-3', related_id => 'po-2'), test.ledger_event('tx-4', 'wallet-4', related_id => 'po-3'),
  test.ledger_event('tx-5', 'wallet-5', related_id => 'po-4')
);
update bo.payment_ledger_pairs set payer_wallet_id = 'wallet-9' where payment_order_id = 'po-2';
delete from bo.payment_ledger_pairs where payment_order_id = 'po-3';
insert into bo.payment_ledger_pairs (payment_order_id, payment_entry_count, receive_entry_count) values ('po-9', 0, 0);
create temporary table seen (payment_order_id text, stored bo.computed_pair, computed bo.computed_pair);
grant insert on seen to bo_operator;

select test.call_as('bo_operator', 'insert into seen select * from bo.repair_pairs()');
select results_eq(
  'select * from seen order by payment_order_id',
  $$ values (
    'po-2', row('po-2', 'tx-3', null, 'wallet-9', null, '2026-02-05T01:00:00Z', null, 1, 0, 10000.00, null)::bo.computed_pair,
    row('po-2', 'tx-3', null, 'wallet-3', null, '2026-02-05T01:00:00Z', null, 1, 0, 10000.00, null)::bo.computed_pair
  ), (
    'po-3', null, row('po-3', 'tx-4', null, 'wallet-4', null, '2026-02-05T01:00:00Z', null, 1, 0, 10000.00, null)::bo.computed_pair
  ), (
    'po-9', row('po-9', null, null, null, null, null, null, 0, 0, null, null)::bo.computed_pair, null
  ) $$,
  'each pair as it was stored and as the ledger makes it; null for a row that is not'
);

select * from finish();
rollback;
