begin;
select plan(4);

select test.freeze_clock('2026-02-05T10:00:00Z');
select test.apply_ledger(
  test.ledger_event('tx-1', related_id => 'po-1'), test.ledger_event('tx-2', related_id => 'po-2'),
  test.ledger_event('tx-3', related_id => null)
);
select test.freeze_clock('2026-02-05T11:00:00Z');
select test.apply_ledger(
  test.ledger_event('tx-2', version => 2, related_id => 'po-2'), test.ledger_event('tx-4', related_id => 'po-a'),
  test.ledger_event('tx-5', related_id => 'po-B'), test.ledger_event('tx-6', related_id => null),
  test.ledger_event('tx-1', related_id => 'po-1')
);

select is(test.order_ids_touched_since('2026-02-05T11:00:00.000001Z'), '{}', 'none after the last');
select is(test.order_ids_touched_since('2026-02-05T11:00:00Z'), '{po-2,po-B,po-a}', 'the time itself counts; by code point; a duplicate touches nothing');
select is(test.order_ids_touched_since('2026-02-05T10:00:00.000001Z'), '{po-2,po-B,po-a}', 'those before are left out');
select is(test.order_ids_touched_since('2026-02-05T10:00:00Z'), '{po-1,po-2,po-B,po-a}', 'unless they are asked for');

select * from finish();
rollback;
