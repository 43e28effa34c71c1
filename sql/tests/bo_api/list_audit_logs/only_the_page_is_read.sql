begin;
select plan(2);

select test.freeze_clock('2031-10-15T12:00:00Z');
select test.create_audit_partitions(0);
select test.audit_row(number, '10', '2031-10-15T11:00:00Z'::timestamptz + number * interval '1 ms', 'tx-' || number, 'actor-' || number % 100)
from generate_series(1, 20000) as number;
analyze bo.admin_audit_logs_2031_10;
create function pg_temp.rows_read() returns bigint language sql as $$
  select pg_stat_get_xact_tuples_returned(oid) + pg_stat_get_xact_tuples_fetched(oid)
  from (values ('bo.admin_audit_logs_2031_10'::regclass)) as log (oid);
$$;
select set_config('test.before', pg_temp.rows_read()::text, true);
select test.list_audit_logs(max_entries => 20);
select cmp_ok(pg_temp.rows_read() - current_setting('test.before')::bigint, '<', 100::bigint, 'without a filter');
select set_config('test.before', pg_temp.rows_read()::text, true);
select test.list_audit_logs('{"actor_id": "actor-7"}', from_time => '2001-01-01T00:00:00Z', max_entries => 20);
select cmp_ok(pg_temp.rows_read() - current_setting('test.before')::bigint, '<', 100::bigint, 'by actor over all times');

select * from finish();
rollback;
