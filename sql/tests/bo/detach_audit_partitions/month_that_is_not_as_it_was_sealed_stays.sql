begin;
select plan(3);

select test.freeze_clock('2021-10-15T12:00:00Z');
select test.create_audit_partitions(1);
select test.audit_row(1, '10', '2021-10-15T12:00:00Z');
select test.audit_row(2, '10', '2021-10-15T12:00:00Z');
select test.audit_row(3, '11', '2021-11-15T12:00:00Z');
select array_agg(test.seal()) from generate_series(1, 2);
delete from bo.admin_audit_logs where audit_id = 2;
select test.freeze_clock('2023-01-01T00:00:00Z');

select is(
  test.detach(), '{"admin_audit_logs_2021_10 ROW_MISSING 2","admin_audit_logs_2021_11 detached"}', 'or nobody would ever find out; others go'
);
select is(test.verify(), '{ROW_MISSING 2 in block 1}', 'it is still found');
select throws_ok('select test.detach(0)', '22023', 'at least one month is kept', 'the months that are written to always stay');

select * from finish();
rollback;
