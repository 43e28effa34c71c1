begin;
select plan(2);

select test.freeze_clock('2031-10-15T12:00:00Z');
create temporary table answer as select * from test.lookup_tx('tx-1');

select is(status_code, 404, 'the answer leaves') from answer;
select results_eq(
  'select tableoid::regclass::text from bo.admin_audit_logs', $$ values ('bo.admin_audit_logs_default') $$, 'its row waits there'
);

select * from finish();
rollback;
