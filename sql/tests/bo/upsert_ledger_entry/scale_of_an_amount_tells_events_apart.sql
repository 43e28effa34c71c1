begin;
select plan(2);

select test.beats(
  test.ledger_event(amount => 1.00), test.ledger_event(amount => 1.0), 'between 1.00 and 1.0 the text decides; they are not the same'
);
select is(
  (select array_agg(distinct amount::text) from bo.ledger_entries), '{1.00}', 'the digits of the winner are stored'
);

select * from finish();
rollback;
