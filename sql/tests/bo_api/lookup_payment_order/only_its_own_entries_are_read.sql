begin;
select plan(2);

select test.apply(array_agg(test.ledger_event('tx-' || i, related_id => 'po-' || i)), array_agg(test.order_event('po-' || i)))
from generate_series(1, 5000) as i where i <> 78;
select test.apply_ledger(test.ledger_event('tx-78', related_id => 'po-78'));
analyze bo.ledger_entries, bo.payment_ledger_pairs, bo.payment_orders;
create temporary table before as select test.rows_read('bo.ledger_entries') as count;

select test.lookup_payment_order('po-77');
select cmp_ok(test.rows_read('bo.ledger_entries') - before.count, '<', 20::bigint, 'of 5,000 entries about one is read') from before;
select test.lookup_payment_order('po-78');
select cmp_ok(test.rows_read('bo.ledger_entries') - before.count, '<', 30::bigint, 'by a 404, which counts them, too') from before;

select * from finish();
rollback;
