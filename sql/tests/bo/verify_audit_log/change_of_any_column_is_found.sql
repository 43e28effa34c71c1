begin;
select plan(19);

select test.freeze_clock('2031-11-15T12:00:00Z');
select test.create_audit_partitions(0);
select test.audit_row(number, (9 + number)::text::xid8, '2031-11-10T12:00:00Z', 'tx-' || number) from generate_series(1, 6) as number;
select array_agg(test.seal(3)) from generate_series(1, 3);

set local session_replication_role = 'replica';
create function pg_temp.findings_after(change text) returns text [] language plpgsql as $$
declare
  v_found text[];
begin
  begin
    execute format('update bo.admin_audit_logs_2031_11 set %s where audit_id = 2', change);
    v_found := test.verify();
    raise exception using errcode = 'TT000';
  exception when sqlstate 'TT000' then
    return v_found;
  end;
end;
$$;
select is(pg_temp.findings_after(change), '{ROW_CHANGED 2 in block 1}', change)
from unnest(array[
  'actor_id = ''mallory''', 'actor_roles = ''{}''', 'action = ''ADMIN_SEARCH''', 'resource_type = ''ID''', 'resource_id = ''tx-9''',
  'result = ''NOT_FOUND''', 'status_code = 404', 'ip = null', 'user_agent = ''''', 'request_method = ''HEAD''', 'request_path = ''/''',
  'request_query = null', 'requested_at = requested_at + interval ''1 microsecond''', 'duration_ms = duration_ms + 1e-15',
  'result_count = 0', 'correlation_id = ''corr-2''', 'access_reason = ''ticket 4712'''
]) as change;
select is(
  pg_temp.findings_after('xid = ''12'''), '{ROW_CHANGED 2 in block 1}', 'xid, still in the place of the block'
);
select is(
  pg_temp.findings_after('audit_id = 99'), '{ROW_MISSING 2 in block 1,ROW_INSERTED 99 in block 1}', 'audit_id: the row is another one'
);

select * from finish();
rollback;
