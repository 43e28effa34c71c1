begin;
select plan(3);

-- Both corrections move an entry; the trigger keeps the pairs as they were, as a bug would.
create function pg_temp.leave_pairs() returns trigger language plpgsql as $$ begin return null; end $$;

select test.freeze_clock('2026-02-05T10:00:00Z');
select test.apply_ledger(
  test.ledger_event('tx-1', related_id => 'po-slot'),
  test.ledger_event('tx-2', related_id => 'po-extra'), test.ledger_event('tx-3', related_id => 'po-extra'),
  test.ledger_event('tx-4', 'wallet-4', 'RECEIVE', related_id => 'po-receive'), test.ledger_event('tx-5', related_id => 'po-other')
);
select test.freeze_clock('2026-02-05T11:00:00Z');
create trigger leave_pairs before insert or update or delete on bo.payment_ledger_pairs
for each row execute function pg_temp.leave_pairs();
select test.apply_ledger(
  test.ledger_event('tx-1', version => 2, related_id => 'po-new'), test.ledger_event('tx-3', version => 2, related_id => 'po-new'),
  test.ledger_event('tx-4', 'wallet-4', 'RECEIVE', version => 2, related_id => null)
);
drop trigger leave_pairs on bo.payment_ledger_pairs;

select is(
  test.order_ids_touched_since('2026-02-05T11:00:00Z'), '{po-extra,po-new,po-receive,po-slot}',
  'the order that an entry has come to, and the one that still counts it: in a slot or beside it'
);
select is(test.repair_since('2026-02-05T11:00:00Z'), '{po-extra,po-new,po-receive,po-slot}', 'both are repaired');
select test.pairs_are_right('as the ledger says');

select * from finish();
rollback;
