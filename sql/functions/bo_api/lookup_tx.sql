create or replace function bo_api.lookup_tx(p_requests bo_api.lookup_request [])
returns bo_api.lookup_answer []
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_answers bo_api.lookup_answer [];
  v_freshness constant json := (select row_to_json(freshness) from bo_api.freshness);
begin
  v_answers := array(
    select
      coalesce(
        (
          select row(200, 1, row_to_json(answer)::text, null)::bo_api.lookup_answer
          from (
            select
              tx.*,
              v_freshness as freshness
            from bo_api.transactions as tx
            where tx.tx_id = request.resource_id
          ) as answer
        ),
        row(
          404, 0,
          (
            bo_api.problem(
              404, 'Not Found', 'No ledger entry has this tx_id.', request.request_path, request.correlation_id
            ) || bo_api.still_to_come(v_freshness, 'ledger_lag_sec')
          )::text, null
        )::bo_api.lookup_answer
      )
    from unnest(p_requests) with ordinality as request
    order by request.ordinality
  );
  perform bo.write_audit_log('ADMIN_TX_LOOKUP', 'TX', p_requests, v_answers);
  return v_answers;
end;
$$;

comment on function bo_api.lookup_tx(bo_api.lookup_request []) is
'GET /admin/tx/{tx_id}: an answer and an audit row for each request, in their order';
