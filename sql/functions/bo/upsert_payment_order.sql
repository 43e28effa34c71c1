create or replace function bo.upsert_payment_order(
    p_order_id text,
    p_user_id text,
    p_merchant_name text,
    p_amount numeric,
    p_status text,
    p_created_at timestamptz,
    p_updated_at timestamptz default null,
    p_source_version bigint default null,
    p_record_timestamp timestamptz default null
)
returns text
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_result constant bo.batch_result := bo.apply_batch(
    null, null, null,
    array[row(
      p_order_id, p_user_id, p_merchant_name, p_amount, p_status, p_created_at, p_updated_at, p_source_version,
      p_record_timestamp
    )::bo.payment_order_event],
    null
  );
begin
  return bo.outcome_of(v_result);
end;
$$;

comment on function bo.upsert_payment_order(text, text, text, numeric, text, timestamptz, timestamptz, bigint, timestamptz)
is 'Applies one order event; returns inserted, updated, duplicate or stale';
