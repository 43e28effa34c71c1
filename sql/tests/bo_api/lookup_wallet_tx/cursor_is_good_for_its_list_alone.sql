begin;
select plan(5);

select test.apply(array_agg(test.ledger_event('tx-' || i, related_id => 'po-' || i))) from generate_series(1, 3) as i;
create temporary table first as
select (test.lookup_wallet_tx('wallet-1', max_entries => 1)).body ->> 'next_cursor' as next_cursor;
create temporary table before as select count(*) from bo.admin_audit_logs;

select is(
  (test.call('lookup_wallet_tx', test.lookup_request(wallet_id, max_entries => 1, cursor => next_cursor, filters => filters))).status_code,
  status_code, title
)
from first
cross join (
  values
  ('wallet-2', null, 400, 'another wallet'),
  ('wallet-1', '{"entry_type": "PAYMENT"}'::jsonb, 400, 'other filters'),
  ('wallet-1', null, 200, 'the same list')
) as list (wallet_id, filters, status_code, title);
select is(
  (test.call('lookup_wallet_tx', test.lookup_request('wallet-1', max_entries => 1, cursor => 'AAAA'))).status_code, 400, 'no cursor at all'
);
select is((select count(*) from bo.admin_audit_logs) - before.count, 1::bigint, 'what was refused has no audit row') from before;

select * from finish();
rollback;
