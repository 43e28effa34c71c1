begin;
select plan(2);

select test.apply_ledger(variadic array(select test.ledger_event('tx-' || i, related_id => 'po-' || i) from generate_series(1, 10) as i));
update bo.payment_ledger_pairs set payer_wallet_id = 'wallet-9';

-- As a command does it, which would commit after each chunk.
with recursive chunk (order_ids) as (
  select test.order_ids_after(null, 3)
  union all
  select test.order_ids_after(order_ids[cardinality(order_ids)], 3) from chunk where order_ids is not null
)
select is(sum(cardinality(test.repair(order_ids))), 10::bigint, 'chunk by chunk, all are repaired') from chunk where order_ids is not null;
select test.pairs_are_right('as the ledger says');

select * from finish();
rollback;
