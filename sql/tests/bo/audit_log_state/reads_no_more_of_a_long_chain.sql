begin;
select plan(3);

select test.freeze_clock('2031-11-15T12:00:00Z');
select test.create_audit_partitions(1);
select test.audit_row(number, (9 + number)::text::xid8, '2031-11-10T12:00:00Z', 'tx-' || number) from generate_series(1, 500) as number;
select count(test.seal(1)) from generate_series(1, 500);

create function pg_temp.blocks_read() returns bigint language plpgsql as $$
declare
  v_before constant bigint := test.rows_read('bo.audit_seals');
begin
  perform bo.audit_log_state();
  return test.rows_read('bo.audit_seals') - v_before;
end;
$$;
analyze bo.audit_seals;
select cmp_ok(pg_temp.blocks_read(), '<', 20::bigint, 'a block for each month');

select bo.begin_audit_epoch('restored');
select cmp_ok(pg_temp.blocks_read(), '<', 20::bigint, 'also in a new epoch, where a month has no block yet');
select is((bo.audit_log_state()).unsealed_age_seconds, 0::double precision, 'all are sealed');

select * from finish();
rollback;
