begin;
select plan(3);

select test.freeze_clock('2031-10-15T12:00:00Z');
select test.audit_row(number, '42', '2031-10-15T11:00:00Z', 'tx-' || number) from generate_series(1, 2) as number;
create temporary table answer as
select body, next_cursor from unnest(bo_api.list_audit_logs(array[test.lookup_request(null, max_entries => 1, media_type => 'text/csv')]));

select is(
  body,
  E'audit_id,requested_at,actor_id,actor_roles,action,resource_type,resource_id,result,status_code,result_count,access_reason,ip,'
  || E'user_agent,request_method,request_path,request_query,duration_ms,correlation_id,xid\r\n'
  || E'2,"2031-10-15T11:00:00Z","alice","[""ADMIN_READ"",""ADMIN_AUDIT""]","ADMIN_TX_LOOKUP","TX","tx-2","FOUND",200,1,"ticket 4711",'
  || E'"192.0.2.7","curl/8.0","GET","/admin/tx/tx-1","a=b",1.5,"corr-1",42\r\n',
  'every column'
)
from answer;
select isnt(next_cursor, null, 'where it goes on is told beside it') from answer;
select is(result_count::integer, 1, 'audited with its count of rows') from bo.admin_audit_logs where action = 'ADMIN_AUDIT_LOG_LOOKUP';

select * from finish();
rollback;
