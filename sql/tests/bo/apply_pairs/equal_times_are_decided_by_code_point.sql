begin;
select plan(4);

select test.apply_ledger(test.ledger_event('tx-a'));
select test.apply_ledger(test.ledger_event('tx-B'));
select is(test.pair('po-1'), 'INCOMPLETE tx-B -', 'a capital comes before a small letter');

select test.apply_ledger(test.ledger_event('tx-10'), test.ledger_event('tx-9'));
select is(test.pair('po-1'), 'INCOMPLETE tx-10 -', 'digits come before letters, and are no numbers');

select test.apply_ledger(test.ledger_event(U&'tx-\FF5E', related_id => 'po-2'), test.ledger_event(U&'tx-\+01F600', related_id => 'po-2'));
select is(test.pair('po-2'), U&'INCOMPLETE tx-\FF5E -', 'a character beyond 16 bits comes last');
select test.pairs_are_right('as the ledger says');

select * from finish();
rollback;
