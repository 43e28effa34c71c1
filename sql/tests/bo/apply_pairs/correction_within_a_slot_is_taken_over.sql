begin;
select plan(5);

select test.apply_ledger(test.ledger_event('tx-1', 'wallet-1'), test.ledger_event('tx-2', 'wallet-2', event_time => '2026-02-05T01:00:01Z'));

select test.apply_ledger(test.ledger_event('tx-1', 'wallet-9', version => 2));
select is((select payer_wallet_id from bo.payment_ledger_pairs), 'wallet-9', 'another wallet');

select test.apply_ledger(test.ledger_event('tx-1', 'wallet-9', amount => 9, version => 3));
select is((select payment_amount from bo.payment_ledger_pairs), 9::numeric, 'another amount');

select test.apply_ledger(test.ledger_event('tx-1', 'wallet-9', event_time => '2026-02-05T01:00:02Z', version => 4));
select is(test.pair('po-1'), 'INCOMPLETE tx-2 -', 'a later time gives the slot to the runner-up');

select test.apply_ledger(test.ledger_event('tx-1', 'wallet-9', event_time => '2026-02-05T00:00:00Z', version => 5));
select is(test.pair('po-1'), 'INCOMPLETE tx-1 -', 'an earlier time takes it back');
select test.pairs_are_right('as the ledger says');

select * from finish();
rollback;
