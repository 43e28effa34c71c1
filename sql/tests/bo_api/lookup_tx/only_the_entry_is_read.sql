begin;
select plan(1);

select test.apply(array_agg(test.ledger_event('tx-' || i, related_id => 'po-' || i))) from generate_series(1, 5000) as i;
analyze bo.ledger_entries, bo.payment_ledger_pairs;
create temporary table before as select test.rows_read('bo.ledger_entries') as count;

select test.lookup_tx('tx-77');
select cmp_ok(test.rows_read('bo.ledger_entries') - before.count, '<', 10::bigint, 'of 5,000 entries one is read') from before;

select * from finish();
rollback;
