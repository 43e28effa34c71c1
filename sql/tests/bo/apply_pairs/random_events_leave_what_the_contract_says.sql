begin;
select plan(3);

-- 1,500 events of 60 entries and 12 orders, in 75 batches of 20, against latest-wins and pairing told in plain SQL.
select setseed(0.42);
create temporary table event as
select
  i,
  test.ledger_event(
    'tx-' || (random() * 60)::integer, 'wallet-' || (random() * 5)::integer,
    (array['PAYMENT', 'PAYMENT', 'RECEIVE', 'RECEIVE', 'REFUND'])[ceil(random() * 5)],
    (array[1.0, 1.00, 2])[ceil(random() * 3)], null, (array['po-a', 'po-B', null])[ceil(random() * 3)] || (random() * 5)::integer,
    (array['PAYMENT_ORDER', 'PAYMENT_ORDER', null, 'TRANSFER'])[ceil(random() * 4)],
    '2026-02-05T01:00:00Z'::timestamptz + (random() * 3)::integer * interval '1 second', '2026-02-05T01:00:00Z',
    (array['2026-02-05T01:00:01Z', '2026-02-05T01:00:02Z', null])[ceil(random() * 3)]::timestamptz,
    (array[-1, 1, 2, null])[ceil(random() * 4)], '2026-02-05T01:00:02Z'::timestamptz + (random() * 2)::integer * interval '1 second'
  ) as event
from generate_series(1, 1500) as i;

select lives_ok(
  'select test.apply_ledger(variadic array_agg(event order by i)) from event group by i / 20', 'the batches are applied'
);
set local timezone = 'UTC';
select set_eq(
  'select bo.as_event(entry)::text from bo.ledger_entries as entry',
  $$ select distinct on ((event).tx_id) event::text
     from event
     order by
       (event).tx_id, (event).source_version desc nulls last, (event).updated_at desc nulls last, (event).record_timestamp desc,
       row((event).tx_id, (event).wallet_id, (event).entry_type, (event).amount, (event).amount_signed, (event).related_id,
         (event).related_type, (event).event_time, (event).created_at)::text collate "C" desc $$,
  'the greatest event of each tx_id is stored'
);
select test.pairs_are_right('the pairs are what the ledger makes of them');

select * from finish();
rollback;
