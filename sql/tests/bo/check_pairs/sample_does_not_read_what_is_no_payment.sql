begin;
select plan(2);

-- Pages that other tests have left empty would be sampled too.
truncate bo.ledger_entries, bo.payment_ledger_pairs;
select test.apply(array_agg(test.ledger_event('tx-c' || i, related_id => 'campaign-1', related_type => 'CAMPAIGN')))
from generate_series(1, 20000) as i;
select test.apply(array_agg(test.ledger_event('tx-p' || i, related_id => 'po-' || i))) from generate_series(1, 100) as i;
analyze bo.ledger_entries, bo.payment_ledger_pairs;
create temporary table before as select test.rows_read('bo.ledger_entries') as rows;

select is(test.check_pairs(200), '0 of 100', 'all orders are checked');
select cmp_ok(test.rows_read('bo.ledger_entries') - before.rows, '<', 10000::bigint, 'without reading the 20,000 entries of a campaign') from before;

select * from finish();
rollback;
