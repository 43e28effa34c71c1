begin;
select plan(4);

select test.freeze_clock('2031-10-15T12:00:00Z');
select test.create_audit_partitions(0);

select table_owner_is('bo', 'admin_audit_logs_2031_10', 'bo_owner', 'it has the owner of all');
select is(obj_description('bo.admin_audit_logs_2031_10'::regclass), 'Audit rows of 2031-10', 'it says what it holds');
select is((select relacl from pg_class where oid = 'bo.admin_audit_logs_2031_10'::regclass), null, 'nobody else has a right on it');
select index_is_unique('bo', 'admin_audit_logs_2031_10', 'admin_audit_logs_2031_10_pkey', 'it has the primary key');

select * from finish();
rollback;
