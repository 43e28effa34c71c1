begin;
select plan(1);

select test.upsert(test.ledger_event(
  amount => 12345678901234567890.123456789012345678, amount_signed => -0.000000000000000001
));

select results_eq(
  'select amount::text, amount_signed::text from bo.ledger_entries',
  $$ values ('12345678901234567890.123456789012345678', '-0.000000000000000001') $$,
  'amounts of 38 digits are stored exactly'
);

select * from finish();
rollback;
