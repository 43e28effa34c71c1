create view bo_api.freshness as
select
  bo_api.rfc3339(
    case
      when progress.ledger_through is not null and progress.payment_order_through is not null
        then least(progress.ledger_through, progress.payment_order_through)
    end
  ) as as_of,
  bo_api.lag_sec(progress.ledger_through, (select bo.clock())) as ledger_lag_sec,
  bo_api.lag_sec(progress.payment_order_through, (select bo.clock())) as payment_order_lag_sec
from bo_api.progress as progress;

comment on view bo_api.freshness is 'The member freshness of every answer: all that was recorded before as_of is in it';
