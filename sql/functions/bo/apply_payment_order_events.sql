-- As bo.apply_ledger_events(), whose comment says why it is safe; orders take no part in pairing.
create or replace function bo.apply_payment_order_events(p_events bo.payment_order_event [])
returns bo.write_result
language plpgsql
volatile
security invoker
set search_path = pg_catalog, pg_temp
set timezone = 'UTC'
set datestyle = 'ISO, MDY'
as $$
declare
  v_now constant timestamptz := bo.clock();
  v_result bo.write_result;
  v_is_untimed boolean;
  v_newer bo.payment_order_event[];
  v_identical bigint;
begin
  select
    count(*) filter (where event.source_version is null and event.updated_at is null),
    bool_or(event.record_timestamp is null)
  into v_result.version_missing, v_is_untimed
  from unnest(p_events) as event;
  if v_is_untimed then
    p_events := bo.with_record_timestamp(p_events);
  end if;

  -- A replay or redelivery: whatever is stored already need not be sorted, nor tried to be inserted.
  v_result.duplicate := cardinality(p_events)::bigint;
  if exists (select from bo.payment_orders as payment_order where payment_order.order_id = p_events[1].order_id) then
    p_events := bo.not_stored(p_events);
  end if;
  v_result.duplicate := v_result.duplicate - cardinality(p_events);

  insert into bo.payment_orders (
    order_id, user_id, merchant_name, amount, status, created_at, updated_at, source_version, record_timestamp, ingested_at
  )
  select event.*, v_now from bo.winning_payment_order_events(p_events) as event
  on conflict (order_id) do nothing;

  get diagnostics v_result.inserted = row_count;
  v_result.updated := 0;
  v_result.stale := 0;
  if v_result.inserted = cardinality(p_events) then
    return v_result;
  end if;

  -- What was inserted above counts as identical here.
  select
    count(*) filter (where event *= bo.as_event(payment_order)),
    array_agg(event) filter (where not event *= bo.as_event(payment_order) and bo.supersedes(event, bo.as_event(payment_order)))
  into v_identical, v_newer
  from unnest(p_events) as event
  inner join bo.payment_orders as payment_order on payment_order.order_id = event.order_id;

  if v_newer is not null then
    v_result.updated := bo.replace_payment_orders(v_newer, v_now);

    v_identical := v_identical + (
      select count(*)
      from unnest(v_newer) as event
      inner join bo.payment_orders as payment_order on payment_order.order_id = event.order_id
      where event *= bo.as_event(payment_order)
    );
  end if;

  v_result.duplicate := v_result.duplicate + v_identical - v_result.inserted - v_result.updated;
  v_result.stale := cardinality(p_events) - v_identical;
  return v_result;
end;
$$;

comment on function bo.apply_payment_order_events(bo.payment_order_event [])
is 'Applies order events by latest-wins; tells their outcomes';
