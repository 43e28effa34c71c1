begin;
select plan(2);

select test.apply(array_agg(test.ledger_event('tx-' || i, related_id => 'po-' || i))) from generate_series(1, 3) as i;
select is((test.lookup_wallet_tx('wallet-1', max_entries => 3)).body -> 'next_cursor', 'null', 'there is nothing more');
select isnt((test.lookup_wallet_tx('wallet-1', max_entries => 2)).body -> 'next_cursor', 'null', 'there is one more');

select * from finish();
rollback;
