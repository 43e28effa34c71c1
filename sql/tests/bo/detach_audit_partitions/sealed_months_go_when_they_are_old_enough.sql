begin;
select plan(8);

select test.freeze_clock('2021-10-15T12:00:00Z');
select test.create_audit_partitions(2);
select test.audit_row(1, '10', '2021-10-15T12:00:00Z');
select test.audit_row(2, '11', '2021-11-15T12:00:00Z');
select array_agg(test.seal()) from generate_series(1, 2);
select set_config('test.checkpoint', test.audit_checkpoint(), true);

select test.freeze_clock('2022-11-30T23:59:59Z');
select is(test.detach(), '{}', 'a month stays until thirteen more are over');
select test.freeze_clock('2022-12-01T00:00:00Z');
select is(test.detach(), '{admin_audit_logs_2021_10 detached}', 'then it goes');
select results_eq('select audit_id from bo.admin_audit_logs', 'values (2::bigint)', 'its rows are no longer in the log');
select results_eq('select audit_id from bo.admin_audit_logs_2021_10', 'values (1::bigint)', 'but in the table that it has become');
select results_eq(
  'select kind, month, row_count, previous_hash = (select hash from bo.audit_seals where seal_number = 2) from bo.audit_seals where seal_number = 3',
  $$ values ('DETACH', '2021-10-01'::date, 0, true) $$, 'the chain goes on, and knows'
);
select is(test.verify(), '{}', 'its rows are not missing');
select is(test.verify(current_setting('test.checkpoint')), '{MONTH_DETACHED in block 3}', 'who looks back to before it is told');
select is(test.verify(test.audit_checkpoint()), '{}', 'and with a checkpoint from after it no longer');

select * from finish();
rollback;
