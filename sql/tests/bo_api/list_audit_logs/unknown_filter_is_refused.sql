begin;
select plan(3);

select is(status_code, 400, 'not one of the filters') from test.list_audit_logs('{"actor_id": "bob", "item": "x"}');
select is(
  body ->> 'detail', 'The filters are actor_id, resource_type, resource_id, action, result, correlation_id.', 'these are the filters'
)
from test.list_audit_logs('{"a'' or true --": "x"}');
select is_empty('select from bo.admin_audit_logs', 'what was not looked for leaves no audit row');

select * from finish();
rollback;
