-- The page is cut by the index, then the view is asked for each entry of it. A join would read the whole view: its volatile
-- clock keeps the planner from looking inside.
create or replace function bo_api.lookup_wallet_tx(p_requests bo_api.lookup_request [])
returns setof bo_api.lookup_answer
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_answers bo_api.lookup_answer [];
begin
  v_answers := array(
    select
      (
        with page as materialized (
          select entry.tx_id, entry.event_time
          from bo.ledger_entries as entry
          where
            entry.wallet_id = request.resource_id
            and entry.event_time >= coalesce(request.from_time, '-infinity')
            and entry.event_time <= coalesce(request.to_time, 'infinity')
          order by entry.event_time desc, entry.tx_id
          limit request.max_entries
        )

        select
          row(
            200, count(*),
            json_build_object(
              'wallet_id', request.resource_id,
              'entries', coalesce(
                json_agg(
                  (select entry.item from bo_api.entry_items as entry where entry.tx_id = page.tx_id)
                  order by page.event_time desc, page.tx_id
                ),
                '[]'
              ),
              'count', count(*)
            )::text
          )::bo_api.lookup_answer
        from page
      )
    from unnest(p_requests) with ordinality as request
    order by request.ordinality
  );
  perform bo.write_audit_log('ADMIN_WALLET_TX_LOOKUP', 'WALLET', p_requests, v_answers);
  return query select * from unnest(v_answers);
end;
$$;

comment on function bo_api.lookup_wallet_tx(bo_api.lookup_request []) is
'GET /admin/wallets/{wallet_id}/tx: the newest entries within inclusive bounds and an audit row for each request, in their order';
