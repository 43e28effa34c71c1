create view bo.incomplete_pairs_by_age as
with half as (
  select
    coalesce(pair.payment_event_time, pair.receive_event_time) as event_time,
    (select bo.clock()) - coalesce(pair.payment_event_time, pair.receive_event_time) as age,
    pair.payment_tx_id is null as misses_payment
  from bo.payment_ledger_pairs as pair
  where pair.pairing_status = 'INCOMPLETE'
),

bucket (place, title, from_age, to_age) as (
  values
  (1, 'under 1 minute', null, interval '1 minute'),
  (2, 'under 10 minutes', interval '1 minute', interval '10 minutes'),
  (3, 'under 1 hour', interval '10 minutes', interval '1 hour'),
  (4, 'under 1 day', interval '1 hour', interval '1 day'),
  (5, 'under 7 days', interval '1 day', interval '7 days'),
  (6, '7 days or more', interval '7 days', null)
)

select
  bucket.title as age,
  count(half.event_time) as pairs,
  count(*) filter (where half.misses_payment) as without_payment,
  count(*) filter (where not half.misses_payment) as without_receive,
  min(half.event_time) as oldest_event_time
from bucket
left join half
  on
    (bucket.from_age is null or half.age >= bucket.from_age)
    and (bucket.to_age is null or half.age < bucket.to_age)
group by bucket.place, bucket.title
order by bucket.place;

comment on view bo.incomplete_pairs_by_age
is 'How many pairs wait for their other half, by how long ago the half that is there happened (event_time)';
