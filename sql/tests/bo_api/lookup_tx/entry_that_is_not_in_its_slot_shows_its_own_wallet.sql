begin;
select plan(3);

select test.apply_ledger(
  test.ledger_event('tx-1', 'wallet-1'), test.ledger_event('tx-2', 'wallet-2', 'RECEIVE'), test.ledger_event('tx-3', 'wallet-3'),
  test.ledger_event('tx-4', 'wallet-4', 'RECEIVE'), test.ledger_event('tx-5', 'wallet-5', related_id => 'po-2'),
  test.ledger_event('tx-6', 'wallet-6', related_id => 'po-2')
);
create function pg_temp.pairing(tx_id text) returns text language sql as $$
  select concat_ws(
    ' ', body ->> 'pairing_status', coalesce(body ->> 'sender_wallet_id', '-'), coalesce(body ->> 'receiver_wallet_id', '-'),
    coalesce(body ->> 'paired_tx_id', '-'), coalesce(body ->> 'paired_entry_type', '-')
  )
  from test.lookup_tx(tx_id);
$$;

select is(pg_temp.pairing('tx-3'), 'COMPLETE wallet-3 wallet-2 - -', 'a second PAYMENT: its wallet and the payee, no counterpart');
select is(pg_temp.pairing('tx-4'), 'COMPLETE wallet-1 wallet-4 - -', 'a second RECEIVE: the payer and its wallet, no counterpart');
select is(pg_temp.pairing('tx-6'), 'INCOMPLETE wallet-6 - - -', 'a second PAYMENT without a RECEIVE');

select * from finish();
rollback;
