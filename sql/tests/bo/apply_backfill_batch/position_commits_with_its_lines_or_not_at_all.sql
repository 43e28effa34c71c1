begin;
select plan(2);

create temporary table started as select * from test.begin_backfill();
select throws_ok(
  'select test.apply_backfill(backfill_id, 3, ledger => array[test.ledger_event(wallet_id => null)]) from started',
  '23502', null, 'a refused event'
);
select is((select lines_applied from bo.backfill_progress), 0::bigint, 'moves nothing');

select * from finish();
rollback;
