begin;
select plan(2);

select test.apply_ledger(test.ledger_event('tx-1', 'wallet-1'), test.ledger_event('tx-2', 'wallet-2', 'RECEIVE', related_id => 'po-2'));

select results_eq(
  'select * from bo.payment_ledger_pairs order by payment_order_id',
  $$ values (
    'po-1' collate "C", 'tx-1' collate "C", null::text collate "C", 'wallet-1' collate "C", null::text collate "C", 'INCOMPLETE',
    '2026-02-05T01:00:00Z'::timestamptz, null::timestamptz, 1, 0, false, 10000.00, null::numeric
  ), (
    'po-2', null, 'tx-2', null, 'wallet-2', 'INCOMPLETE', null, '2026-02-05T01:00:00Z'::timestamptz, 0, 1, false, null, 10000.00
  ) $$,
  'the other slot is empty'
);
select test.pairs_are_right('as the ledger says');

select * from finish();
rollback;
