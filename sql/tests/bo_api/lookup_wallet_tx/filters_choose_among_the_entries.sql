begin;
select plan(5);

select test.apply(
  array[
    test.ledger_event('tx-1', 'wallet-1', 'PAYMENT', related_id => 'po-1'),
    test.ledger_event('tx-2', 'wallet-1', 'RECEIVE', related_id => 'po-1'),
    test.ledger_event('tx-3', 'wallet-1', 'PAYMENT', related_id => 'po-2'),
    test.ledger_event('tx-4', 'wallet-1', 'FEE', related_id => 'po-2')
  ]
);

select is(
  (
    select string_agg(entry ->> 'tx_id', ' ')
    from test.call('lookup_wallet_tx', test.lookup_request('wallet-1', max_entries => 20, filters => list.filters)) as answer
    cross join jsonb_array_elements(answer.body -> 'entries') as entry
  ), list.tx_ids, list.filters::text
)
from (
  values
  ('{"entry_type": "PAYMENT"}'::jsonb, 'tx-1 tx-3'),
  ('{"pairing_status": "COMPLETE"}', 'tx-1 tx-2'),
  ('{"pairing_status": "INCOMPLETE", "entry_type": "PAYMENT"}', 'tx-3'),
  ('{"pairing_status": "UNKNOWN"}', 'tx-4'),
  ('{"entry_type": "payment"}', null)
) as list (filters, tx_ids);

select * from finish();
rollback;
