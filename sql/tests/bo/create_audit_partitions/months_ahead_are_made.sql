begin;
select plan(4);

select test.freeze_clock('2031-10-15T12:00:00Z');
create function pg_temp.partitions() returns text [] language sql as $$
  select array_agg(relation.relname || ' ' || pg_get_expr(relation.relpartbound, relation.oid) order by relation.relname)
  from pg_inherits
  inner join pg_class as relation on relation.oid = pg_inherits.inhrelid
  where pg_inherits.inhparent = 'bo.admin_audit_logs'::regclass and relation.relname like 'admin_audit_logs_203%';
$$;

select is(test.create_audit_partitions(2), 3, 'this month and two ahead');
select is(
  pg_temp.partitions(),
  array[
    'admin_audit_logs_2031_10 FOR VALUES FROM (''2031-10-01 00:00:00+00'') TO (''2031-11-01 00:00:00+00'')',
    'admin_audit_logs_2031_11 FOR VALUES FROM (''2031-11-01 00:00:00+00'') TO (''2031-12-01 00:00:00+00'')',
    'admin_audit_logs_2031_12 FOR VALUES FROM (''2031-12-01 00:00:00+00'') TO (''2032-01-01 00:00:00+00'')'
  ],
  'each from its first moment to the next one''s, in UTC'
);
select is(test.create_audit_partitions(3), 1, 'later only what is missing');
select is(pg_temp.partitions() @> array[
  'admin_audit_logs_2032_01 FOR VALUES FROM (''2032-01-01 00:00:00+00'') TO (''2032-02-01 00:00:00+00'')'
], true, 'in the next year');

select * from finish();
rollback;
