-- Sorted by tx_id, which is the order in which every writer locks.
-- The text form, dear to make, is made for ties only.
create or replace function bo.winning_ledger_events(p_events bo.ledger_event [])
returns setof bo.ledger_event
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
  if (select count(distinct event.tx_id) = count(*) from unnest(p_events) as event) then
    return query
    select event.*
    from unnest(p_events) as event
    order by event.tx_id;
    return;
  end if;

  return query
  with ranked as (
    select
      event,
      event.tx_id,
      rank() over (
        partition by event.tx_id
        order by bo.version_of(event.source_version, event.updated_at, event.record_timestamp) desc
      ) as place
    from unnest(p_events) as event
  ),

  finalist as (
    select ranked.event, ranked.tx_id, count(*) over (partition by ranked.tx_id) > 1 as is_tied
    from ranked
    where ranked.place = 1
  )

  select distinct on (finalist.tx_id) (finalist.event).*
  from finalist
  order by finalist.tx_id, case when finalist.is_tied then finalist.event::text end collate "C" desc;
end;
$$;

comment on function bo.winning_ledger_events(bo.ledger_event [])
is 'The winning event of each tx_id, by the order of bo.supersedes()';
