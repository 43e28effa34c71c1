begin;
select plan(3);

select test.apply(array_agg(test.ledger_event('tx-' || i, related_id => null))) from generate_series(1, 20000) as i;
analyze bo.ledger_entries;
create temporary table before as select test.rows_read('bo.ledger_entries') as count;

create temporary table answer as
select body from test.call('lookup_wallet_tx', test.lookup_request('wallet-1', max_entries => 20, filters => '{"entry_type": "FEE"}'));
select is(body -> 'count', '0', 'the page is empty') from answer;
select isnt(body -> 'next_cursor', 'null', 'but not the last one') from answer;
select cmp_ok(test.rows_read('bo.ledger_entries') - before.count, '<', 12000::bigint, 'of 20,000 entries about 1,000 are looked at, each some times')
from before;

select * from finish();
rollback;
