begin;
select plan(2);

select test.apply(
  array[
    test.ledger_event('tx-1'), test.ledger_event('tx-2', related_type => 'TRANSFER'), test.ledger_event('tx-3', related_type => null),
    test.ledger_event('tx-4', entry_type => 'FEE'), test.ledger_event('tx-5', related_id => 'po-2')
  ],
  array[test.order_event()]
);
create temporary table answer as select * from test.lookup_payment_order('po-1');

select is(
  jsonb_path_query_array(body, '$.ledger_entries.tx_id'), '["tx-1", "tx-3", "tx-4"]', 'its entries are those of its id and type'
) from answer;
select is(
  jsonb_path_query_array(body, '$.ledger_entries.pairing_status'), '["INCOMPLETE", "INCOMPLETE", "UNKNOWN"]', 'each with its pairing'
) from answer;

select * from finish();
rollback;
