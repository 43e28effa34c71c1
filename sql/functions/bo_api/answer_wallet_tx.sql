-- Entries are taken in the order of the index, and the view is asked for each: a join would read the whole view, since its
-- volatile clock keeps the planner from looking inside. A filter that hardly any entry passes must not read a large wallet to
-- its end: after so many entries the page ends, short or empty, and its cursor goes on. Without a filter no more are taken than
-- the page can have: the loop has up to 60 at once, and an item is dear.
create or replace function bo_api.answer_wallet_tx(p_request bo_api.lookup_request, p_freshness json)
returns bo_api.lookup_answer
language plpgsql
stable
security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
  v_entry_type constant text := p_request.filters ->> 'entry_type';
  v_pairing_status constant text := p_request.filters ->> 'pairing_status';
  v_max_scanned constant integer := case
    when v_entry_type is null and v_pairing_status is null then p_request.max_entries else 1000
  end;
  v_scope constant text := jsonb_build_array(
    'wallet_tx', p_request.resource_id, p_request.from_time, p_request.to_time, v_entry_type, v_pairing_status
  )::text;
  v_last bo_api.cursor_position := bo_api.decode_cursor(v_scope, p_request.cursor);
  v_entry record;
  v_items json [] := array[]::json [];
  v_scanned integer := 0;
  v_next text;
begin
  if p_request.cursor is not null and v_last.id is null then
    return bo_api.bad_cursor(p_request);
  end if;

  for v_entry in
    select
      page.tx_id, page.event_time,
      (
        select entry.item
        from bo_api.entry_items as entry
        where
          entry.tx_id = page.tx_id
          and (v_entry_type is null or entry.entry_type = v_entry_type)
          and (v_pairing_status is null or entry.pairing_status = v_pairing_status)
      ) as item
    from (
      select entry.tx_id, entry.event_time
      from bo.ledger_entries as entry
      where
        entry.wallet_id = p_request.resource_id
        and entry.event_time >= coalesce(p_request.from_time, '-infinity')
        and entry.event_time <= coalesce(v_last.at, p_request.to_time, 'infinity')
        and (v_last.id is null or entry.event_time < v_last.at or entry.tx_id > v_last.id)
      order by entry.event_time desc, entry.tx_id
      limit v_max_scanned + 1
    ) as page
    order by page.event_time desc, page.tx_id
  loop
    if cardinality(v_items) = p_request.max_entries or v_scanned = v_max_scanned then
      v_next := bo_api.encode_cursor(v_scope, v_last.at, v_last.id);
      exit;
    end if;
    v_scanned := v_scanned + 1;
    v_last := row(v_entry.event_time, v_entry.tx_id);
    if v_entry.item is not null then
      v_items := v_items || v_entry.item;
    end if;
  end loop;

  return bo_api.list_answer(
    p_request,
    json_build_object(
      'wallet_id', p_request.resource_id, 'entries', v_items, 'count', cardinality(v_items), 'next_cursor', v_next,
      'freshness', p_freshness
    ),
    v_items, v_next,
    array[
      'tx_id', 'event_time', 'entry_type', 'amount', 'amount_signed', 'wallet_id', 'status', 'status_group', 'paired_tx_id',
      'pairing_status', 'data_lag_sec', 'pairing.reason', 'pairing.verdict', 'pairing.age_sec'
    ]
  );
end;
$$;

comment on function bo_api.answer_wallet_tx(bo_api.lookup_request, json) is
'The newest entries of a wallet within inclusive bounds, of an entry_type or a pairing_status if that is asked for';
