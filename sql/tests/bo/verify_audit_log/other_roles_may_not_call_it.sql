begin;
select plan(2);

select test.freeze_clock('2031-11-15T12:00:00Z');
select test.create_audit_partitions(0);
select test.audit_row(number, (9 + number)::text::xid8, '2031-11-10T12:00:00Z', 'tx-' || number) from generate_series(1, 6) as number;
select array_agg(test.seal(3)) from generate_series(1, 3);

select test.may_not(role_name, 'verify_audit_log', 'select bo.verify_audit_log()')
from unnest(array['bo_consumer', 'bo_admin_api']) as role_name;

select * from finish();
rollback;
