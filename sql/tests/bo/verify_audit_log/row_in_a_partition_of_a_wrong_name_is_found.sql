begin;
select plan(3);

select test.freeze_clock('2031-11-15T12:00:00Z');
select test.create_audit_partitions(0);
select test.audit_row(1, '10', '2031-11-10T12:00:00Z');
create table bo.admin_audit_logs_2031_12 partition of bo.admin_audit_logs for values from ('2019-05-01') to ('2019-06-01');
create table bo.hidden partition of bo.admin_audit_logs for values from ('2019-06-01') to ('2019-07-01');
select array_agg(test.seal()) from generate_series(1, 2);
select test.audit_row(2, '5', '2019-05-10T12:00:00Z');
select test.audit_row(3, '5', '2019-06-10T12:00:00Z');

select is((bo.audit_log_state()).unsealed_age_seconds > 12 * 365 * 86400, true, 'it is seen that they are not sealed');
select is(array(select test.seal() from generate_series(1, 3)), array[1, 1, 0], 'they are sealed as rows of now');
select is(test.verify(), '{}', 'and proven from then on');

select * from finish();
rollback;
