begin;
select plan(4);

create temporary table batch as
select
  array_agg(test.ledger_event(
    'tx-' || i, 'wallet-' || i % 7, (array['PAYMENT', 'RECEIVE', 'REFUND'])[1 + i % 3], i, null, 'po-' || i / 2, null,
    version => i % 5, record_timestamp => case when i % 4 > 0 then '2026-02-05T01:00:02Z'::timestamptz end
  ) order by i) as ledger,
  array_agg(test.ledger_event(
    'tx-' || i, 'wallet-' || i % 7, (array['PAYMENT', 'RECEIVE', 'REFUND'])[1 + i % 3], i, null, 'po-' || i / 2, null,
    version => i % 5, record_timestamp => case when i % 4 > 0 then '2026-02-05T01:00:02Z'::timestamptz end
  ) order by i desc) as ledger_reversed,
  array_agg(test.order_event('po-' || i, version => nullif(i % 3, 0))) as orders,
  array_agg(test.dead_letter(i)) as letters
from generate_series(1, 100) as i;
select test.apply(ledger, orders, letters, array[test.progress(5)]) from batch;
create temporary table before as select test.row_versions() as rows;

select is(
  test.apply(ledger, orders, letters, array[test.progress(5)]),
  row(0, 0, 0, 100, 0, 0, 0, 0, 100, 0, 0, null, null, null, 0)::bo.batch_result, 'all of a replayed batch is duplicate'
) from batch;
select is(test.row_versions(), before.rows, 'no event, pair or dead letter has a new row version or a lock') from before;

select test.apply(ledger_reversed, orders, letters, array[test.progress(5)]) from batch;
select is(test.row_versions(), before.rows, 'nor when it comes in another order') from before;

select test.apply(array[event], orders[3:7], letters[1:2]) from batch cross join unnest(batch.ledger) as event;
select is(test.row_versions(), before.rows, 'nor in other batches') from before;

select * from finish();
rollback;
