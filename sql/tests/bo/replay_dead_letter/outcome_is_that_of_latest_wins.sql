begin;
select plan(3);

select test.apply_ledger(test.ledger_event('tx-1', version => 2), test.ledger_event('tx-2'));
select test.apply(letters => array[test.dead_letter(1), test.dead_letter(2), test.dead_letter(3)]);

select is(test.replay(1, test.ledger_event('tx-1', version => 1)), 'stale RESOLVED 2', 'an older version');
select is(test.replay(2, test.ledger_event('tx-2')), 'duplicate RESOLVED 2', 'what is there already');
select is(test.replay(3, test.ledger_event('tx-2', version => 2)), 'updated RESOLVED 2', 'a newer version');

select * from finish();
rollback;
