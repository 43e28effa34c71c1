begin;
select plan(2);

select test.audit_row(7, '42', '2031-10-15T12:00:00.25Z', E'tx-"1"\\ \u001f\u00e9\n');
select is(
  bo.audit_row_hash(log),
  sha256(convert_to(
    '["7", "alice", ["ADMIN_READ", "ADMIN_AUDIT"], "ADMIN_TX_LOOKUP", "TX", "tx-\"1\"\\ \u001fé\n", "FOUND", "200", "192.0.2.7/32", '
    '"curl/8.0", "GET", "/admin/tx/tx-1", "a=b", "2031-10-15T12:00:00.250000Z", "3ff8000000000000", "1", "corr-1", "ticket 4711", "42"]',
    'UTF8'
  )),
  'columns in the order of the table, as JSON'
)
from bo.admin_audit_logs as log;

update bo.admin_audit_logs set ip = null, user_agent = null, request_query = null, access_reason = null, actor_roles = '{}';
select is(
  bo.audit_row_hash(log),
  sha256(convert_to(
    '["7", "alice", [], "ADMIN_TX_LOOKUP", "TX", "tx-\"1\"\\ \u001fé\n", "FOUND", "200", null, null, "GET", "/admin/tx/tx-1", null, '
    '"2031-10-15T12:00:00.250000Z", "3ff8000000000000", "1", "corr-1", null, "42"]',
    'UTF8'
  )),
  'what is missing is null'
)
from bo.admin_audit_logs as log;

select * from finish();
rollback;
