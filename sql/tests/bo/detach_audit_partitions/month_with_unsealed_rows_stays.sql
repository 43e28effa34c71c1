begin;
select plan(4);

select test.freeze_clock('2021-10-15T12:00:00Z');
select test.create_audit_partitions(1);
select test.audit_row(1, '10', '2021-10-15T12:00:00Z');
select test.audit_row(2, '11', '2021-11-15T12:00:00Z');
select test.seal();
select test.audit_row(3, '12', '2021-10-15T12:00:01Z');
select test.freeze_clock('2023-01-01T00:00:00Z');

select is(
  test.detach(),
  '{"admin_audit_logs_2021_10 not sealed from 2021-10-15T12:00:01.000000Z on","admin_audit_logs_2021_11 not sealed from 2021-11-15T12:00:00.000000Z on"}',
  'one row is enough'
);
select is((select count(*) from bo.admin_audit_logs), 3::bigint, 'all rows are still there');
select array_agg(test.seal()) from generate_series(1, 2);
select is(test.detach(), '{"admin_audit_logs_2021_10 detached","admin_audit_logs_2021_11 detached"}', 'sealed, they go');
select is(test.detach(), '{}', 'once');

select * from finish();
rollback;
