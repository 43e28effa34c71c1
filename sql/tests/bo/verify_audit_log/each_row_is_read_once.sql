begin;
select plan(2);

-- Ten blocks of a thousand rows in each of two months.
select test.freeze_clock('2031-10-15T12:00:00Z');
select test.create_audit_partitions(1);
select test.freeze_clock('2031-11-15T12:00:00Z');
select test.audit_row(
  number, (10 + number / 1000)::text::xid8,
  case when number <= 10000 then '2031-10-10T12:00:00Z'::timestamptz else '2031-11-10T12:00:00Z' end + number * interval '1 ms', 'tx-' || number
)
from generate_series(1, 20000) as number;
select array_agg(test.seal(1000)) from generate_series(1, 20);
analyze bo.admin_audit_logs_2031_10, bo.admin_audit_logs_2031_11;

select set_config('test.before', test.rows_read('bo.admin_audit_logs_2031_10', 'bo.admin_audit_logs_2031_11')::text, true);
select is(test.verify(), '{}', 'twenty blocks are as they were sealed');
select cmp_ok(
  test.rows_read('bo.admin_audit_logs_2031_10', 'bo.admin_audit_logs_2031_11') - current_setting('test.before')::bigint, '<', 50000::bigint,
  'neither blocks nor months multiply what is read: each row, and its index entry'
);

select * from finish();
rollback;
