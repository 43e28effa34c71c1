begin;
select plan(2);

select test.freeze_clock('2026-02-01T00:00:00Z');
select test.apply(letters => array[test.dead_letter(1), test.dead_letter(2)]);
select test.replay(1, test.ledger_event('tx-1'), edited_payload => '{}');
select test.freeze_clock('2026-02-02T00:00:00Z');
select test.replay(2, test.ledger_event('tx-2'), edited_payload => '{}');
select test.freeze_clock('2026-03-01T00:00:00Z');

select is(test.prune(14, max_letters => 1), 2::bigint, 'the older two');
select is(test.prune(14, max_letters => 1), 2::bigint, 'the other two');

select * from finish();
rollback;
