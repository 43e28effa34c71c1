begin;
select plan(4);

select test.freeze_clock('2026-02-05T10:00:00Z');
select test.apply_ledger(test.ledger_event('tx-1', related_id => 'po-1'), test.ledger_event('tx-2', related_id => 'po-2'));
select test.freeze_clock('2026-02-05T11:00:00Z');
select test.apply_ledger(test.ledger_event('tx-2', version => 2, related_id => 'po-2'), test.ledger_event('tx-3', related_id => 'po-3'));
update bo.payment_ledger_pairs set payer_wallet_id = 'wallet-9';

select is(test.repair_since('2026-02-05T12:00:00Z'), '{}', 'nothing was touched since: none is repaired');
select is(test.repair_since('2026-02-05T11:00:00Z'), '{po-2,po-3}', 'those of entries that were applied since');
select is(test.repair(), '{po-1}', 'the others stayed');
select test.pairs_are_right('as the ledger says');

select * from finish();
rollback;
