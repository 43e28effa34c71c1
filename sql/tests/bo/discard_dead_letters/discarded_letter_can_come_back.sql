begin;
select plan(2);

select test.apply(letters => array[test.dead_letter(1), test.dead_letter(2)]);
select test.discard();

select is(test.replay(1, test.ledger_event()), 'inserted RESOLVED 2', 'when its event is sound');
select is(test.replay(2, error => 'parse_error'), 'failed OPEN 2 parse_error', 'else it is open again');

select * from finish();
rollback;
