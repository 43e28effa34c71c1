begin;
select plan(2);

select test.freeze_clock('2031-10-15T12:00:00Z');
select test.audit_row(7, '42', '2031-10-15T11:00:00.25Z');
create temporary table answer as select * from test.list_audit_logs();

select is(
  body,
  '{"entries": [{
     "audit_id": 7, "requested_at": "2031-10-15T11:00:00.25Z", "actor_id": "alice", "actor_roles": ["ADMIN_READ", "ADMIN_AUDIT"],
     "action": "ADMIN_TX_LOOKUP", "resource_type": "TX", "resource_id": "tx-1", "result": "FOUND", "status_code": 200, "result_count": 1,
     "access_reason": "ticket 4711", "ip": "192.0.2.7", "user_agent": "curl/8.0", "request_method": "GET",
     "request_path": "/admin/tx/tx-1", "request_query": "a=b", "duration_ms": 1.5, "correlation_id": "corr-1", "xid": "42"
   }], "count": 1, "next_cursor": null}'::jsonb,
  'to the field'
)
from answer;
select set_eq(
  'select jsonb_object_keys(body #> ''{entries,0}'') from answer',
  $$ select attname from pg_attribute where attrelid = 'bo.admin_audit_logs'::regclass and attnum > 0 and not attisdropped $$, 'and no column less'
);

select * from finish();
rollback;
