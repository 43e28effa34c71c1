-- The page is cut by the index, then the view is asked for each entry of it. A join would read the whole view: its volatile
-- clock keeps the planner from looking inside.
create or replace function bo_api.lookup_wallet_tx(
    p_wallet_id text,
    p_from timestamptz,
    p_to timestamptz,
    p_limit integer,
    p_actor_id text,
    p_actor_roles text,
    p_ip inet,
    p_user_agent text,
    p_request_method text,
    p_request_path text,
    p_request_query text,
    p_correlation_id text,
    p_elapsed_ms double precision,
    out status_code integer,
    out body text
)
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_count integer;
begin
  with page as materialized (
    select entry.tx_id, entry.event_time
    from bo.ledger_entries as entry
    where
      entry.wallet_id = p_wallet_id
      and entry.event_time >= coalesce(p_from, '-infinity')
      and entry.event_time <= coalesce(p_to, 'infinity')
    order by entry.event_time desc, entry.tx_id
    limit p_limit
  )

  select
    count(*)::integer,
    json_build_object(
      'wallet_id', p_wallet_id,
      'entries', coalesce(
        json_agg(
          (select entry.item from bo_api.entry_items as entry where entry.tx_id = page.tx_id)
          order by page.event_time desc, page.tx_id
        ),
        '[]'
      ),
      'count', count(*)
    )::text
  into v_count, body
  from page;

  status_code := 200;
  perform bo.write_audit_log(
    'ADMIN_WALLET_TX_LOOKUP', 'WALLET', p_wallet_id, status_code, v_count, p_actor_id, p_actor_roles, p_ip, p_user_agent,
    p_request_method, p_request_path, p_request_query, p_correlation_id, p_elapsed_ms
  );
end;
$$;

comment on function bo_api.lookup_wallet_tx(
  text, timestamptz, timestamptz, integer, text, text, inet, text, text, text, text, text, double precision
) is 'GET /admin/wallets/{wallet_id}/tx: the newest entries within inclusive bounds, and their audit row';
