create or replace function bo_api.lookup_payment_order(
    p_order_id text,
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
  v_entries bigint;
begin
  select json_build_object(
    'order', payment_order."order", 'ledger_entries', payment_order.ledger_entries,
    'pairing_status', payment_order.pairing_status
  )::text into body
  from bo_api.payment_orders as payment_order
  where payment_order.order_id = p_order_id;

  status_code := case when body is null then 404 else 200 end;
  if body is null then
    select count(*) into v_entries
    from bo_api.entries as entry
    where entry.related_id = p_order_id and entry.payment_order_id = entry.related_id;
    body := (
      bo_api.problem(
        404, 'Not Found', format('No order event has this order_id; ledger entries of it: %s.', v_entries),
        p_request_path, p_correlation_id
      ) || jsonb_build_object('ledger_entry_count', v_entries)
    )::text;
  end if;

  perform bo.write_audit_log(
    'ADMIN_ORDER_LOOKUP', 'PAYMENT_ORDER', p_order_id, status_code, (status_code = 200)::integer, p_actor_id, p_actor_roles, p_ip, p_user_agent,
    p_request_method, p_request_path, p_request_query, p_correlation_id, p_elapsed_ms
  );
end;
$$;

comment on function bo_api.lookup_payment_order(
  text, text, text, inet, text, text, text, text, text, double precision
) is 'GET /admin/payment-orders/{order_id}: the answer and its audit row';
