begin;
select plan(2);

select test.freeze_clock('2026-02-05T01:00:00Z');
select is(freshness, row(null, null, null)::bo_api.freshness, 'without a consumer nothing is known') from bo_api.freshness;

select test.apply(
  progress => array[
    test.progress(caught_up_age_us => 1500),
    test.progress(caught_up_age_us => 2250000, topic => 'payment.order.upserted', kind => 'payment_order')
  ]
);
select is(
  freshness, row('2026-02-05T00:59:57.75Z', 0.002, 2.250)::bo_api.freshness, 'as of the older one'
) from bo_api.freshness;

select * from finish();
rollback;
