begin;
select plan(2);

select test.freeze_clock('2026-02-05T01:00:05Z');
select test.apply(
  array[
    test.ledger_event('=tx-1', 'wallet-1', 'PAYMENT', 10000.00, -10000.00, event_time => '2026-02-05T01:00:00Z'),
    test.ledger_event('tx "2"', 'wallet-1', 'RECEIVE', 10000.00, event_time => '2026-02-05T01:00:00Z')
  ],
  array[test.order_event()]
);

create temporary table answer as
select body, next_cursor from unnest(bo_api.lookup_wallet_tx(
  array[test.lookup_request('wallet-1', max_entries => 20, media_type => 'text/csv')]
));
select is(
  body,
  E'tx_id,event_time,entry_type,amount,amount_signed,wallet_id,status,status_group,paired_tx_id,pairing_status,data_lag_sec,'
  || E'pairing.reason,pairing.verdict,pairing.age_sec\r\n'
  || E'"\'=tx-1","2026-02-05T01:00:00Z","PAYMENT",10000.00,-10000.00,"wallet-1","SETTLED","SUCCESS","tx ""2""","COMPLETE",0,"MATCHED",,\r\n'
  || E'"tx ""2""","2026-02-05T01:00:00Z","RECEIVE",10000.00,,"wallet-1","SETTLED","SUCCESS","\'=tx-1","COMPLETE",0,"MATCHED",,\r\n',
  'text is quoted, a formula is made harmless, a null is empty'
) from answer;
select is(result_count::integer, 2, 'its audit row has the number of lines') from bo.admin_audit_logs;

select * from finish();
rollback;
