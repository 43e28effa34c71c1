create or replace function bo_api.lookup_tx(
    p_tx_id text,
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
begin
  select row_to_json(tx)::text into body from bo_api.transactions as tx where tx.tx_id = p_tx_id;

  status_code := case when body is null then 404 else 200 end;
  if body is null then
    body := bo_api.problem(404, 'Not Found', 'No ledger entry has this tx_id.', p_request_path, p_correlation_id)::text;
  end if;

  perform bo.write_audit_log(
    'ADMIN_TX_LOOKUP', 'TX', p_tx_id, status_code, (status_code = 200)::integer, p_actor_id, p_actor_roles, p_ip, p_user_agent,
    p_request_method, p_request_path, p_request_query, p_correlation_id, p_elapsed_ms
  );
end;
$$;

comment on function bo_api.lookup_tx(
  text, text, text, inet, text, text, text, text, text, double precision
) is 'GET /admin/tx/{tx_id}: the answer and its audit row';
