begin;
select plan(1);

set local timezone = 'Pacific/Kiritimati';
set local datestyle = 'German';
select test.freeze_clock('2031-10-31T23:00:00Z');
select test.create_audit_partitions(0);

set local timezone = 'UTC';
set local datestyle = 'ISO';
select is(
  pg_get_expr((select relpartbound from pg_class where oid = 'bo.admin_audit_logs_2031_10'::regclass), 'bo.admin_audit_logs_2031_10'::regclass),
  'FOR VALUES FROM (''2031-10-01 00:00:00+00'') TO (''2031-11-01 00:00:00+00'')', 'there it is November already'
);

select * from finish();
rollback;
