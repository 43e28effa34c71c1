-- The page is cut by the index of INCOMPLETE pairs, then the view is asked for each.
create or replace function bo_api.answer_pairs(p_request bo_api.lookup_request, p_freshness json)
returns bo_api.lookup_answer
language plpgsql
stable
security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
  v_older_than constant interval := (p_request.filters ->> 'older_than')::integer * interval '1 second';
  -- A call of the clock in the query would be no bound for the index.
  v_latest constant timestamptz := coalesce(bo.clock() - v_older_than, 'infinity');
  v_scope constant text := jsonb_build_array('pairs', v_older_than)::text;
  v_after bo_api.cursor_position := bo_api.decode_cursor(v_scope, p_request.cursor);
  v_page record;
  v_items json [];
  v_next text;
begin
  if p_request.cursor is not null and v_after.id is null then
    return bo_api.bad_cursor(p_request);
  end if;

  with page as materialized (
    select pair.payment_order_id, coalesce(pair.payment_event_time, pair.receive_event_time) as waiting_since
    from bo.payment_ledger_pairs as pair
    where
      pair.pairing_status = 'INCOMPLETE'
      and coalesce(pair.payment_event_time, pair.receive_event_time) <= v_latest
      and (coalesce(pair.payment_event_time, pair.receive_event_time), pair.payment_order_id)
      > (coalesce(v_after.at, '-infinity'), coalesce(v_after.id, ''))
    order by coalesce(pair.payment_event_time, pair.receive_event_time), pair.payment_order_id
    limit p_request.max_entries + 1
  )

  select
    array_agg(
      (select pair.item from bo_api.pair_items as pair where pair.payment_order_id = page.payment_order_id)
      order by page.waiting_since, page.payment_order_id
    ) as items,
    array_agg(row(page.waiting_since, page.payment_order_id)::bo_api.cursor_position order by page.waiting_since, page.payment_order_id)
      as positions
  into v_page
  from page;

  v_items := coalesce(v_page.items[:p_request.max_entries], array[]::json []);
  if cardinality(v_page.items) > p_request.max_entries then
    v_after := v_page.positions[p_request.max_entries];
    v_next := bo_api.encode_cursor(v_scope, v_after.at, v_after.id);
  end if;
  return bo_api.list_answer(
    p_request,
    json_build_object('pairs', v_items, 'count', cardinality(v_items), 'next_cursor', v_next, 'freshness', p_freshness),
    v_items, v_next,
    array[
      'payment_order_id', 'payment_tx_id', 'receive_tx_id', 'payer_wallet_id', 'payee_wallet_id', 'pairing_status', 'waiting_since',
      'pairing.reason', 'pairing.verdict', 'pairing.age_sec'
    ]
  );
end;
$$;

comment on function bo_api.answer_pairs(bo_api.lookup_request, json) is
'INCOMPLETE pairs, the longest waiting first; older_than: seconds since the half that is there happened';
