begin;
select plan(1);

select test.apply_ledger(
  test.ledger_event('tx-1', entry_type => 'payment'), test.ledger_event('tx-2', entry_type => 'RECEIVE'), test.ledger_event('tx-3')
);

select is((test.lookup_tx('tx-1')).body ->> 'pairing_status', 'UNKNOWN', 'a payment in small letters is no PAYMENT');

select * from finish();
rollback;
