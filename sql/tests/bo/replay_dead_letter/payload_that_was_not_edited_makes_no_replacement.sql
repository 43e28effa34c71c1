begin;
select plan(2);

select test.apply(letters => array[test.dead_letter()]);

select is(test.replay(7, test.ledger_event(), edited_payload => '{"tx_id":'), 'inserted RESOLVED 2', 'applied');
select is((select count(*) from bo.consumer_dlq_events), 1::bigint, 'there is one letter');

select * from finish();
rollback;
