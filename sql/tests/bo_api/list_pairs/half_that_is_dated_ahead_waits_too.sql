begin;
select plan(2);

select test.freeze_clock('2026-02-05T01:10:00Z');
-- A producer that sends local time without an offset is hours ahead.
select test.apply(array[test.ledger_event('tx-1', 'wallet-2', 'RECEIVE', related_id => 'po-a', event_time => '2026-02-05T10:10:00Z')]);

select is(test.listed_pairs(), 'po-a', 'it lacks a half, whatever its time');
select is(test.listed_pairs(filters => '{"older_than": "0"}'), null, 'but it is of no age');

select * from finish();
rollback;
