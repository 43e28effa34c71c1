begin;
select plan(7);

select test.apply(
  array[
    test.ledger_event('id-1', 'id-2', related_id => 'id-3'), test.ledger_event('id-4', 'id-4', related_id => 'id-4'),
    test.ledger_event('id-5', 'id-6', related_id => 'id-7', related_type => 'TRANSFER')
  ],
  array[test.order_event('id-8')]
);

select is(
  (select string_agg(match ->> 'resource_type', ' ') from jsonb_array_elements(test.search(expected.id) -> 'matches') as match),
  expected.types, expected.id
)
from (
  values
  ('id-1', 'TX'), ('id-2', 'WALLET'), ('id-3', 'PAYMENT_ORDER'), ('id-4', 'TX PAYMENT_ORDER WALLET'), ('id-7', null),
  ('id-8', 'PAYMENT_ORDER'), ('ID-1', null)
) as expected (id, types);

select * from finish();
rollback;
