begin;
select plan(6);

select test.apply(letters => array[test.dead_letter(7), test.dead_letter(8), test.dead_letter(9)]);
select test.discard(test.letters(from_id => test.dlq_id(8), to_id => test.dlq_id(8)));
select test.replay(9, error => 'parse_error', max_attempts => 2);
create temporary table letters_before as table bo.consumer_dlq_events;

select is(
  test.replay(7, error => 'contract_core_violation', edited_payload => '{"a":1}', max_attempts => 1),
  'failed OPEN 1 contract_core_violation', 'no event'
);
select is(
  test.replay(7, test.ledger_event(wallet_id => null), edited_payload => '{"b":2}', max_attempts => 1),
  'failed OPEN 1 internal_error', 'refused by a rule'
);
select is(test.replay(8, error => 'parse_error', edited_payload => '{'), 'failed DISCARDED 1 parse_error', 'of a discarded letter');
select is(test.replay(9, error => 'parse_error', edited_payload => '{'), 'failed PARKED 2 parse_error', 'of a parked one');

select bag_eq('table bo.consumer_dlq_events', 'table letters_before', 'the letters are as they were, and none is beside them');
select is((select count(*) from bo.ledger_entries), 0::bigint, 'no entry');

select * from finish();
rollback;
