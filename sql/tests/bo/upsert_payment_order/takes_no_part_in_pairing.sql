begin;
select plan(1);

select test.upsert(test.order_event());

select is_empty('select from bo.payment_ledger_pairs', 'an order alone has no pair');

select * from finish();
rollback;
