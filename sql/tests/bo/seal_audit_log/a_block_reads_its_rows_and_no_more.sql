begin;
select plan(2);

-- As the API's sessions plan, which know neither how many rows a block has nor where it begins.
set local plan_cache_mode = force_generic_plan;
select test.freeze_clock('2031-10-15T12:00:00Z');
select test.create_audit_partitions(1);
select test.audit_row(
  number, (10 + number / 1000)::text::xid8, '2031-10-10T12:00:00Z'::timestamptz + number * interval '1 ms', 'tx-' || number
)
from generate_series(1, 20000) as number;
analyze bo.admin_audit_logs_2031_10;

select set_config('test.before', test.rows_read('bo.admin_audit_logs_2031_10')::text, true);
select is(test.seal(100), 100, 'a block of a hundred rows is sealed');
select cmp_ok(
  test.rows_read('bo.admin_audit_logs_2031_10') - current_setting('test.before')::bigint, '<', 1000::bigint,
  'and what waits behind it is not read'
);

select * from finish();
rollback;
