begin;
select plan(4);

select test.apply(letters => array[test.dead_letter()]);

select is(test.replay(7, test.ledger_event(wallet_id => null)), 'failed OPEN 2 internal_error', 'refused by a rule');
select matches((select error_detail from bo.consumer_dlq_events), '^23502: ', 'the rule''s SQLSTATE is told');
select is((select count(*) from bo.ledger_entries), 0::bigint, 'no entry');
select is((select count(*) from bo.consumer_dlq_events), 1::bigint, 'no replacement');

select * from finish();
rollback;
