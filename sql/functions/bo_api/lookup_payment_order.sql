create or replace function bo_api.lookup_payment_order(p_requests bo_api.lookup_request [])
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
          select
            row(
              200, 1,
              json_build_object(
                'order', payment_order."order", 'ledger_entries', payment_order.ledger_entries,
                'pairing_status', payment_order.pairing_status, 'pairing', payment_order.pairing, 'freshness', v_freshness
              )::text, null
            )::bo_api.lookup_answer
          from bo_api.payment_orders as payment_order
          where payment_order.order_id = request.resource_id
        ),
        (
          select
            row(
              404, 0,
              (
                bo_api.problem(
                  404, 'Not Found', format('No order event has this order_id; ledger entries of it: %s.', count(*)),
                  request.request_path, request.correlation_id
                ) || jsonb_build_object('ledger_entry_count', count(*))
                || bo_api.still_to_come(v_freshness, 'payment_order_lag_sec')
              )::text, null
            )::bo_api.lookup_answer
          from bo_api.entries as entry
          where entry.related_id = request.resource_id and entry.payment_order_id = entry.related_id
        )
      )
    from unnest(p_requests) with ordinality as request
    order by request.ordinality
  );
  perform bo.write_audit_log('ADMIN_ORDER_LOOKUP', 'PAYMENT_ORDER', p_requests, v_answers);
  return v_answers;
end;
$$;

comment on function bo_api.lookup_payment_order(bo_api.lookup_request []) is
'GET /admin/payment-orders/{order_id}: an answer and an audit row for each request, in their order';
