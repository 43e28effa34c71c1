begin;
select plan(2);

select test.apply(array_agg(test.ledger_event('tx-p' || i, 'wallet-1', 'PAYMENT', related_id => 'po-' || i)))
from generate_series(1, 5000) as i;
select test.apply(array_agg(test.ledger_event('tx-r' || i, 'wallet-2', 'RECEIVE', related_id => 'po-' || i)))
from generate_series(11, 5000) as i;
analyze bo.ledger_entries, bo.payment_ledger_pairs;

create temporary table before as select test.rows_read('bo.ledger_entries') as count;
select test.listed_pairs();
select cmp_ok(test.rows_read('bo.ledger_entries') - before.count, '<', 100::bigint, 'of 5,000 pairs the 10 that wait') from before;

select test.apply(array_agg(test.ledger_event('tx-w' || i, 'wallet-1', 'PAYMENT', related_id => 'po-w' || i)))
from generate_series(1, 5000) as i;
analyze bo.ledger_entries, bo.payment_ledger_pairs;
create temporary table younger as select test.rows_read('bo.payment_ledger_pairs') as count;
select test.listed_pairs(jsonb_build_object('older_than', 2000000000));
select cmp_ok(test.rows_read('bo.payment_ledger_pairs') - younger.count, '<', 100::bigint, 'and none that waits for less than was asked') from younger;

select * from finish();
rollback;
