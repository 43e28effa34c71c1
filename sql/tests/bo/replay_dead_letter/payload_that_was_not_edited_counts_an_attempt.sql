begin;
select plan(2);

select test.apply(letters => array[test.dead_letter()]);

select is(
  test.replay(7, error => 'contract_core_violation', edited_payload => '{"tx_id":', max_attempts => 2),
  'parked PARKED 2 contract_core_violation', 'the bytes that came have failed again'
);
select is((select error from bo.consumer_dlq_events), 'contract_core_violation', 'and the letter tells why');

select * from finish();
rollback;
