begin;
select plan(2);

select test.apply(array_agg(test.ledger_event('tx-' || i, related_id => 'po-' || i))) from generate_series(1, 10001) as i;
update bo.payment_ledger_pairs set payer_wallet_id = 'wallet-9';

select is(
  cardinality(test.repair(array(select 'po-' || i from generate_series(10001, 1, -1) as i))), 10001, 'more than one chunk of 10,000'
);
select test.pairs_are_right('as the ledger says');

select * from finish();
rollback;
