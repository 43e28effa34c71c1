begin;
select plan(3);

select test.apply(letters => array[test.dead_letter()]);

select throws_ok('select test.replay()', '22023', null, 'neither');
select throws_ok($$ select test.replay(7, test.ledger_event(), error => 'parse_error') $$, '22023', null, 'both');
select throws_ok($$ select test.replay(7, test.ledger_event(), test.order_event()) $$, '22023', null, 'two events');

select * from finish();
rollback;
