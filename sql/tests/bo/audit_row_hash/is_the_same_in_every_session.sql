begin;
select plan(1);

select test.audit_row(7, '42', '2031-10-15T12:00:00.25Z');
update bo.admin_audit_logs set duration_ms = 0.1 + 0.2;
create temporary table usual as select bo.audit_row_hash(log) as hash from bo.admin_audit_logs as log;

set local timezone = 'Pacific/Kiritimati';
set local datestyle = 'German';
set local intervalstyle = 'sql_standard';
set local extra_float_digits = -10;
set local bytea_output = 'escape';
select is(bo.audit_row_hash(log), usual.hash, 'whatever its settings') from usual, bo.admin_audit_logs as log;

select * from finish();
rollback;
