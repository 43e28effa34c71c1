begin;
select plan(1);

select test.apply_ledger(test.ledger_event('tx-1', 'wallet-1'));

select is(
  test.lookup_wallet_tx('Wallet-1'),
  row(200, '{
    "wallet_id": "Wallet-1", "entries": [], "count": 0, "next_cursor": null,
    "freshness": {"as_of": null, "ledger_lag_sec": null, "payment_order_lag_sec": null}
  }'::jsonb),
  'found, with nothing in it; ids are case-sensitive'
);

select * from finish();
rollback;
