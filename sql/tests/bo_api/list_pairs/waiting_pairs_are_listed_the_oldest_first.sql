begin;
select plan(3);

select test.freeze_clock('2026-02-05T01:10:00Z');
select test.apply(
  array[
    test.ledger_event('tx-1', 'wallet-1', 'PAYMENT', related_id => 'po-b', event_time => '2026-02-05T01:00:00Z'),
    test.ledger_event('tx-2', 'wallet-2', 'RECEIVE', related_id => 'po-a', event_time => '2026-02-05T01:00:00Z'),
    test.ledger_event('tx-3', 'wallet-1', 'PAYMENT', related_id => 'po-c', event_time => '2026-02-05T00:59:00Z'),
    test.ledger_event('tx-4', 'wallet-1', 'PAYMENT', related_id => 'po-d', event_time => '2026-02-05T01:09:00Z'),
    test.ledger_event('tx-5', 'wallet-1', 'PAYMENT', related_id => 'po-e', event_time => '2026-02-05T00:00:00Z'),
    test.ledger_event('tx-6', 'wallet-2', 'RECEIVE', related_id => 'po-e', event_time => '2026-02-05T00:00:00Z')
  ]
);

select is(test.listed_pairs(), 'po-c po-a po-b po-d', 'those that began together by id; what is COMPLETE does not wait');
select is(test.listed_pairs(filters => '{"older_than": "600"}'), 'po-c po-a po-b', 'the age is that of the half that is there');
select is(test.listed_pairs(filters => '{"older_than": "601"}'), 'po-c', 'and at least so many seconds');

select * from finish();
rollback;
