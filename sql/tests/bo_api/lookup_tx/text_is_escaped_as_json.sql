begin;
select plan(1);

select test.apply(
  array[test.ledger_event(E'거래"\\/<>&😀', 'wallet"1')], array[test.order_event(merchant_name => E'tab\tnew\nline "q" \\ é')]
);

select results_eq(
  $$ select body ->> 'tx_id', body ->> 'sender_wallet_id', body ->> 'merchant_name' from test.lookup_tx(E'거래"\\/<>&😀') $$,
  $$ values (E'거래"\\/<>&😀', 'wallet"1', E'tab\tnew\nline "q" \\ é') $$,
  'and comes back as it was'
);

select * from finish();
rollback;
