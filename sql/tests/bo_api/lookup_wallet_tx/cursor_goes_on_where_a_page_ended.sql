begin;
select plan(1);

select test.apply(array_agg(
  test.ledger_event('tx-' || i, related_id => 'po-' || i, event_time => '2026-02-05T01:00:00Z'::timestamptz + i / 3 * interval '1 second')
)) from generate_series(1, 9) as i;

create temporary table page (number integer, tx_ids text, next_cursor text);
do $$
declare
  v_body jsonb;
  v_cursor text;
begin
  for i in 1 .. 10 loop
    v_body := (test.call('lookup_wallet_tx', test.lookup_request('wallet-1', max_entries => 4, cursor => v_cursor))).body;
    v_cursor := v_body ->> 'next_cursor';
    insert into page select i, string_agg(entry ->> 'tx_id', ' '), v_cursor from jsonb_array_elements(v_body -> 'entries') as entry;
    exit when v_cursor is null;
  end loop;
end;
$$;

select results_eq(
  'select tx_ids from page order by number',
  array['tx-9 tx-6 tx-7 tx-8', 'tx-3 tx-4 tx-5 tx-1', 'tx-2'],
  'newest first, then by id, nothing twice and nothing left out'
);

select * from finish();
rollback;
