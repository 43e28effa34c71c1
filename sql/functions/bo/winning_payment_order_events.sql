-- Sorted by order_id, which is the order in which every writer locks.
-- The text form, dear to make, is made for ties only.
create or replace function bo.winning_payment_order_events(p_events bo.payment_order_event [])
returns setof bo.payment_order_event
language plpgsql
stable
rows 10 -- with 1,000, the default, plans read whole tables, and stay in use while these grow
security invoker
set search_path = pg_catalog, pg_temp
set timezone = 'UTC'
set datestyle = 'ISO, MDY'
as $$
begin
  -- To rank costs four times as much as to sort, and few batches hold an id twice.
  if (select count(distinct event.order_id) = count(*) from unnest(p_events) as event) then
    return query
    select event.*
    from unnest(p_events) as event
    order by event.order_id;
    return;
  end if;

  return query
  with ranked as (
    select
      event,
      event.order_id,
      rank() over (
        partition by event.order_id
        order by bo.version_of(event.source_version, event.updated_at, event.record_timestamp) desc
      ) as place
    from unnest(p_events) as event
  ),

  finalist as (
    select ranked.event, ranked.order_id, count(*) over (partition by ranked.order_id) > 1 as is_tied
    from ranked
    where ranked.place = 1
  )

  select distinct on (finalist.order_id) (finalist.event).*
  from finalist
  order by finalist.order_id, case when finalist.is_tied then finalist.event::text end collate "C" desc;
end;
$$;

comment on function bo.winning_payment_order_events(bo.payment_order_event [])
is 'The winning event of each order_id, by the order of bo.supersedes()';
