begin;
select plan(2);

select test.apply(letters => array[test.dead_letter()]);
select test.replay(7, error => 'contract_core_violation', edited_payload => '{"a":1}');
select test.replay(7, test.ledger_event(wallet_id => null), edited_payload => '{"b":2}');

select results_eq(
  $$ select outcome, detail ->> 'error', detail ->> 'edited_payload_sha256' from bo.dlq_actions order by action_id $$,
  $$ values
    ('failed', 'contract_core_violation', encode(sha256('{"a":1}'), 'hex')),
    ('failed', 'internal_error', encode(sha256('{"b":2}'), 'hex')) $$,
  'which bytes'
);
select results_eq(
  $$ select split_part(detail ->> 'error_detail', ':', 1) from bo.dlq_actions order by action_id $$,
  $$ values ('unexpected end'), ('23502') $$, 'and what they were refused for'
);

select * from finish();
rollback;
