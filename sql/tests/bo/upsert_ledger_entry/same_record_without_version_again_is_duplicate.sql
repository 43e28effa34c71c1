begin;
select plan(1);

select test.upsert(test.ledger_event(
  related_id => null, related_type => null, updated_at => null, version => null, record_timestamp => null
));

select is(
  test.upsert(test.ledger_event(
    related_id => null, related_type => null, updated_at => null, version => null, record_timestamp => null
  )),
  'duplicate', 'nulls are equal to nulls'
);

select * from finish();
rollback;
