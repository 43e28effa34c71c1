begin;
select plan(1);

select test.apply_ledger(
  test.ledger_event('tx-1', 'wallet-1', related_id => 'po-1'), test.ledger_event('tx-2', 'wallet-2', 'RECEIVE', related_id => 'po-1'),
  test.ledger_event('tx-3', 'wallet-3', related_id => 'po-2'), test.ledger_event('tx-4', 'wallet-4', related_id => 'po-3')
);
analyze bo.payment_ledger_pairs;
create temporary table seen (pairs bigint);
grant insert on seen to bo_operator;
select test.call_as('bo_operator', 'insert into seen select bo.pair_count_estimate()');

select is(pairs, 3::bigint, 'three pairs') from seen;

select * from finish();
rollback;
