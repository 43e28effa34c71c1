begin;
select plan(4);

create function pg_temp.state(out unsealed_age_seconds double precision, out default_rows bigint)
language plpgsql set role = 'bo_admin_api' as $$
begin
  select * into unsealed_age_seconds, default_rows from bo.audit_log_state();
end;
$$;
select test.freeze_clock('2031-11-15T12:00:00Z');
select test.create_audit_partitions(0);
select is(pg_temp.state(), row(0::double precision, 0::bigint), 'nothing yet');
select test.audit_row(1, '10', '2031-10-31T23:59:30Z');
select test.audit_row(2, '11', '2031-11-15T11:59:00Z');
select is(pg_temp.state(), row(1252830::double precision, 1::bigint), 'of the oldest row in any partition; one is in DEFAULT');
select test.seal();
select is(pg_temp.state(), row(60::double precision, 1::bigint), 'then of the next');
select test.seal();
select is(pg_temp.state(), row(0::double precision, 1::bigint), 'all are sealed');

select * from finish();
rollback;
