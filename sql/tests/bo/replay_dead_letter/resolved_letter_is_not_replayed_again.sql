begin;
select plan(3);

select test.apply(letters => array[test.dead_letter()]);
select test.replay(7, test.ledger_event());

select throws_ok($$ select test.replay(7, test.ledger_event(version => 2)) $$, 'P0002', null, 'refused');
select is((select source_version from bo.ledger_entries), 1::bigint, 'and nothing is applied');
select is((select count(*) from bo.dlq_actions), 1::bigint, 'nor logged');

select * from finish();
rollback;
