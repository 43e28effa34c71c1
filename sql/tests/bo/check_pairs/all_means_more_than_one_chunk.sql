begin;
select plan(1);

select test.apply(array_agg(test.ledger_event('tx-' || i, related_id => 'po-' || lpad(i::text, 5, '0'))))
from generate_series(1, 20001) as i;
delete from bo.payment_ledger_pairs where payment_order_id in ('po-00001', 'po-10000', 'po-10001', 'po-20001');

select is(test.check_pairs(), '4 of 20001', 'the first and last of each chunk of 10,000 are found');

select * from finish();
rollback;
