begin;
select plan(2);

select test.apply_ledger(
  test.ledger_event('tx-1', 'wallet-1', related_id => 'po-1'), test.ledger_event('tx-2', 'wallet-2', 'RECEIVE', related_id => 'po-1'),
  test.ledger_event('tx-3', 'wallet-3', related_id => 'po-2'), test.ledger_event('tx-4', 'wallet-4', related_id => 'po-3'),
  test.ledger_event('tx-5', 'wallet-5', related_id => 'po-4')
);
create temporary table before as select test.row_versions() as rows;

select is(test.repair(), '{}', 'nothing has to be repaired');
select is(test.row_versions(), before.rows, 'nothing is written or locked') from before;

select * from finish();
rollback;
