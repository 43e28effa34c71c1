begin;
select plan(2);

select test.freeze_clock('2031-11-15T12:00:00Z');
select test.create_audit_partitions(0);
select test.audit_row(number, (9 + number)::text::xid8, '2031-11-10T12:00:00Z', 'tx-' || number) from generate_series(1, 6) as number;
select array_agg(test.seal(3)) from generate_series(1, 3);

alter table bo.admin_audit_logs detach partition bo.admin_audit_logs_2031_11;
select is(
  test.verify(max_findings => 2), '{ROW_MISSING 1 in block 1,ROW_MISSING 2 in block 1}', 'its rows are due; no more findings than asked for'
);
select is(cardinality(test.verify()), 6, 'all of them');

select * from finish();
rollback;
