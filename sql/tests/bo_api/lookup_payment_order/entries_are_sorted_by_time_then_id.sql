begin;
select plan(1);

select test.apply(
  array[
    test.ledger_event('tx-a', event_time => '2026-02-05T01:00:01Z'), test.ledger_event('tx-B', event_time => '2026-02-05T01:00:01Z'),
    test.ledger_event('tx-c', event_time => '2026-02-05T01:00:00Z'), test.ledger_event('tx-10', event_time => '2026-02-05T01:00:02Z')
  ],
  array[test.order_event()]
);

select is(
  jsonb_path_query_array((test.lookup_payment_order('po-1')).body, '$.ledger_entries.tx_id'),
  '["tx-c", "tx-B", "tx-a", "tx-10"]', 'oldest first, equal times by code point'
);

select * from finish();
rollback;
