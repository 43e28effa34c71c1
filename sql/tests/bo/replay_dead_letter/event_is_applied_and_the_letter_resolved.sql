begin;
select plan(4);

select test.freeze_clock('2026-02-06T01:00:00Z');
select test.apply(letters => array[test.dead_letter(), test.dead_letter(8)]);

select is(test.replay(7, test.ledger_event()), 'inserted RESOLVED 2', 'a ledger event');
select is(test.replay(8, payment_order => test.order_event()), 'inserted RESOLVED 2', 'an order event');
select is(test.pair('po-1'), 'INCOMPLETE tx-1 -', 'pairs follow as for any event');
select results_eq(
  'select "offset", status, attempts, resolved_at, payload from bo.consumer_dlq_events order by "offset"',
  $$ values
    (7::bigint, 'RESOLVED', 2, '2026-02-06T01:00:00Z'::timestamptz, '{"tx_id":'::bytea),
    (8::bigint, 'RESOLVED', 2, '2026-02-06T01:00:00Z'::timestamptz, '{"tx_id":'::bytea) $$,
  'the letters are kept'
);

select * from finish();
rollback;
