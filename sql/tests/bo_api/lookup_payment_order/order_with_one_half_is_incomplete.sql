begin;
select plan(1);

select test.apply(array[test.ledger_event('tx-1', related_type => null)], array[test.order_event()]);

select is((test.lookup_payment_order('po-1')).body ->> 'pairing_status', 'INCOMPLETE', 'an entry without related type is its half');

select * from finish();
rollback;
