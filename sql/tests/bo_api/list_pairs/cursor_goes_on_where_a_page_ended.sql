begin;
select plan(2);

select test.freeze_clock('2026-02-05T01:10:00Z');
select test.apply(
  array[
    test.ledger_event('tx-1', 'wallet-1', 'PAYMENT', related_id => 'po-b', event_time => '2026-02-05T01:00:00Z'),
    test.ledger_event('tx-2', 'wallet-2', 'RECEIVE', related_id => 'po-a', event_time => '2026-02-05T01:00:00Z'),
    test.ledger_event('tx-3', 'wallet-1', 'PAYMENT', related_id => 'po-c', event_time => '2026-02-05T00:59:00Z'),
    test.ledger_event('tx-4', 'wallet-1', 'PAYMENT', related_id => 'po-d', event_time => '2026-02-05T01:09:00Z'),
    test.ledger_event('tx-5', 'wallet-1', 'PAYMENT', related_id => 'po-e', event_time => '2026-02-05T00:00:00Z'),
    test.ledger_event('tx-6', 'wallet-2', 'RECEIVE', related_id => 'po-e', event_time => '2026-02-05T00:00:00Z')
  ]
);

create temporary table page as
with recursive page (number, body) as (
  select 1, (test.call('list_pairs', test.lookup_request('', max_entries => 3))).body
  union all
  select
    page.number + 1,
    (test.call('list_pairs', test.lookup_request('', max_entries => 3, cursor => page.body ->> 'next_cursor'))).body
  from page
  where page.body ->> 'next_cursor' is not null and page.number < 9
)
select number, jsonb_path_query_array(body, '$.pairs[*].payment_order_id')::text as pairs from page;

select results_eq(
  'select pairs from page order by number', array['["po-c", "po-a", "po-b"]', '["po-d"]'], 'nothing twice and nothing left out'
);
select is(
  (test.call('list_pairs', test.lookup_request('', max_entries => 3, cursor => 'AAAA'))).status_code, 400, 'what is no cursor is refused'
);

select * from finish();
rollback;
