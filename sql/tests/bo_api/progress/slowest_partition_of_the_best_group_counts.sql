begin;
select plan(4);

select test.freeze_clock('2026-02-05T01:00:00Z');

select test.apply(progress => array[test.progress(caught_up_age_us => 1000000), test.progress(caught_up_age_us => 9000000, partition => 1)]);
select is(
  ledger_through, '2026-02-05T00:59:51Z'::timestamptz, 'the slowest partition of a group'
) from bo_api.progress;

insert into bo.consumer_progress (group_id, topic, partition, next_offset, applied_through, kind)
values ('gone', 'ledger.entry.upserted', 0, 1, '2026-02-01T00:00:00Z', 'ledger_entry'), ('new', 'cdc-events', 0, 1, null, 'ledger_entry');
select is(
  ledger_through, '2026-02-05T00:59:51Z'::timestamptz, 'a group that is no more, or not there yet, takes nothing away'
) from bo_api.progress;

select test.apply(progress => array[test.progress(partition => 2)]);
select is(
  ledger_through, '2026-02-01T00:00:00Z'::timestamptz, 'a partition that never reached its end makes its group unknown'
) from bo_api.progress;
select is(payment_order_through, null, 'orders are another kind') from bo_api.progress;

select * from finish();
rollback;
