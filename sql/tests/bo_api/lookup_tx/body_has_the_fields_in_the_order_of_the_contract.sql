begin;
select plan(1);

select test.freeze_clock('2026-02-05T01:00:05.9Z');
select test.apply(
  array[
    test.ledger_event('tx-1', 'wallet-1', 'PAYMENT', 10000.00, -10000.00, event_time => '2026-02-05T01:00:00.123456Z'),
    test.ledger_event('tx-2', 'wallet-2', 'RECEIVE', 10000.00, null, event_time => '2026-02-05T01:00:01Z')
  ],
  array[test.order_event()]
);
create temporary table answer as select * from unnest(bo_api.lookup_tx(array[test.lookup_request('tx-1')]));

select is(
  (select string_agg(field, ' ' order by place) from answer, json_object_keys(body::json) with ordinality as key (field, place)),
  'tx_id event_time entry_type amount amount_signed status status_group sender_wallet_id receiver_wallet_id related paired_tx_id '
  'paired_entry_type merchant_name pairing_status data_lag_sec pairing freshness',
  'a person reads them so'
);

select * from finish();
rollback;
