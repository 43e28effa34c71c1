begin;
select plan(6);

select throws_ok(
  $$ select test.apply(
    ledger => array[test.ledger_event('tx-1'), test.ledger_event('tx-2', wallet_id => null)],
    orders => array[test.order_event()], letters => array[test.dead_letter()], progress => array[test.progress()]
  ) $$,
  '23502', null, 'a bad ledger event takes the whole batch with it'
);
select throws_ok(
  $$ select test.apply(
    ledger => array[test.ledger_event('tx-1')], orders => array[test.order_event(), test.order_event('po-2', status => null)],
    letters => array[test.dead_letter()], progress => array[test.progress()]
  ) $$,
  '23502', null, 'a bad order event does'
);
select throws_ok(
  $$ select test.apply(
    ledger => array[test.ledger_event('tx-1')], orders => array[test.order_event()],
    letters => array[test.dead_letter(), test.dead_letter(8, error => 'bad luck')], progress => array[test.progress()]
  ) $$,
  '23514', null, 'a dead letter of an unknown error does'
);
select throws_ok(
  $$ select test.apply(
    ledger => array[test.ledger_event('tx-1')], orders => array[test.order_event()],
    letters => array[test.dead_letter()], progress => array[test.progress(-1)]
  ) $$,
  '23514', null, 'a negative offset does'
);
select is(test.row_versions(), null, 'no event, pair or dead letter is stored');
select is_empty('select from bo.consumer_progress', 'no progress is stored');

select * from finish();
rollback;
