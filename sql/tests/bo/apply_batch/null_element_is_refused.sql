begin;
select plan(4);

select throws_ok('select test.apply(ledger => array[null::bo.ledger_event])', '23502', null, 'no ledger event');
select throws_ok('select test.apply(orders => array[null::bo.payment_order_event])', '23502', null, 'no order event');
select throws_ok('select test.apply(letters => array[null::bo.dead_letter])', '23502', null, 'no dead letter');
select throws_ok('select test.apply(progress => array[null::bo.partition_progress])', '23502', null, 'no progress');

select * from finish();
rollback;
