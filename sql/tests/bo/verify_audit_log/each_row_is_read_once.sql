begin;
select plan(2);

select test.freeze_clock('2031-11-15T12:00:00Z');
select test.create_audit_partitions(0);
select test.audit_row(number, (10 + number / 1000)::text::xid8, '2031-11-10T12:00:00Z'::timestamptz + number * interval '1 ms', 'tx-' || number)
from generate_series(1, 20000) as number;
select array_agg(test.seal(1000)) from generate_series(1, 20);
analyze bo.admin_audit_logs_2031_11;
create function pg_temp.rows_read() returns bigint language sql as $$
  select pg_stat_get_xact_tuples_returned(oid) + pg_stat_get_xact_tuples_fetched(oid)
  from (values ('bo.admin_audit_logs_2031_11'::regclass)) as log (oid);
$$;
create function pg_temp.index_entries_read() returns bigint language sql as $$
  select sum(pg_stat_get_xact_tuples_returned(indexrelid))::bigint
  from pg_index where indrelid = 'bo.admin_audit_logs_2031_11'::regclass;
$$;

select set_config('test.before', (pg_temp.rows_read() + pg_temp.index_entries_read())::text, true);
select is(test.verify(), '{}', 'twenty blocks are as they were sealed');
select cmp_ok(
  pg_temp.rows_read() + pg_temp.index_entries_read() - current_setting('test.before')::bigint, '<', 100000::bigint,
  'rows and index entries read do not multiply with the blocks'
);

select * from finish();
rollback;
