begin;
select plan(1);

select test.apply_ledger(
  test.ledger_event('tx-1', amount => 0.100, amount_signed => -0.100), test.ledger_event('tx-2', amount => -5, amount_signed => 0),
  test.ledger_event('tx-3', amount => 12345678901234567890.123456789012345678, amount_signed => 1e20),
  test.ledger_event('tx-4', amount => 0.000000000000000001)
);

select results_eq(
  $$ select body -> 'amount', body -> 'amount_signed' from unnest(array['tx-1', 'tx-2', 'tx-3', 'tx-4']) as id, test.lookup_tx(id) $$,
  $$ values
     ('"0.100"'::jsonb, '"-0.100"'::jsonb), ('"-5"', '"0"'),
     ('"12345678901234567890.123456789012345678"', '"100000000000000000000"'), ('"0.000000000000000001"', 'null') $$,
  'as text: trailing zeros kept, no exponent'
);

select * from finish();
rollback;
