begin;
select plan(2);

select test.apply(array_agg(test.ledger_event(
  'tx-' || i, related_id => 'po-' || i, event_time => '2026-02-05T01:00:00Z'::timestamptz + i * interval '1 second'
)))
from generate_series(1, 5000) as i;
analyze bo.ledger_entries, bo.payment_ledger_pairs;
create temporary table before as select
  test.rows_read('bo.ledger_entries') as entries,
  test.rows_read('bo.payment_ledger_pairs') as pairs;

select test.lookup_wallet_tx('wallet-1', max_entries => 20);
select cmp_ok(test.rows_read('bo.ledger_entries') - entries, '<', 200::bigint, 'of 5,000 entries about 20 are read, each some times') from before;
select is(
  test.rows_read('bo.payment_ledger_pairs') - pairs, 2 * 21::bigint,
  'their pairs, and that of the next one, which tells that there is more, are read in the index and in the table'
)
from before;

select * from finish();
rollback;
