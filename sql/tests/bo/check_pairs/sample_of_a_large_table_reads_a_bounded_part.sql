begin;
select plan(2);

-- Pages that other tests have left empty would be sampled too.
truncate bo.ledger_entries, bo.payment_ledger_pairs;
select test.apply(array_agg(test.ledger_event('tx-' || i, related_id => 'po-' || i))) from generate_series(1, 20000) as i;
create temporary table before as select test.rows_read('bo.ledger_entries') as rows;

select alike(test.check_pairs(10), '% of 10', 'ten orders are checked');
select cmp_ok(test.rows_read('bo.ledger_entries') - before.rows, '<', 2000::bigint, 'by reading a part of the ledger') from before;

select * from finish();
rollback;
