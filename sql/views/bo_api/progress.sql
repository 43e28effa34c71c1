-- A group that is no more stays behind for ever; whatever one group has applied is applied. Within a group its slowest
-- partition counts, and one that never reached the end of its log makes the group's progress unknown.
create view bo_api.progress as
with reached as (
  select
    progress.kind,
    case when bool_and(progress.applied_through is not null) then min(progress.applied_through) end as applied_through
  from bo.consumer_progress as progress
  where progress.kind is not null
  group by progress.group_id, progress.topic, progress.kind
)

select
  max(reached.applied_through) filter (where reached.kind = 'ledger_entry') as ledger_through,
  max(reached.applied_through) filter (where reached.kind = 'payment_order') as payment_order_through
from reached;

comment on view bo_api.progress is 'One row: up to when all ledger entries and all payment orders are applied; null: not known';
