begin;
select plan(3);

select test.freeze_clock('2031-10-15T12:00:00Z');
select test.create_audit_partitions(0);
select test.audit_row(1, '10', '2031-10-14T12:00:00Z', 'tx-1');
select test.audit_row(2, '10', '2031-10-15T11:00:00Z', 'tx-2');
select test.audit_row(3, '10', '2031-09-14T12:00:00Z', 'tx-3');

create temporary table page as
select * from test.list_audit_logs('{"action": "ADMIN_TX_LOOKUP"}', max_entries => 1);
create temporary table page_of_31_days as
select * from test.list_audit_logs('{"action": "ADMIN_TX_LOOKUP"}', '2031-09-14T12:00:00Z', max_entries => 2);

-- Who reads takes his time.
select test.freeze_clock('2031-10-15T12:20:00Z');
select is(test.listed('{"action": "ADMIN_TX_LOOKUP"}', cursor => next_cursor), 'tx-1', 'what was within the last 24 hours still is') from page;
select is(
  test.listed('{"action": "ADMIN_TX_LOOKUP"}', '2031-09-14T12:00:00Z', cursor => next_cursor), 'tx-3', 'a range that was allowed still is'
)
from page_of_31_days;
select is(answer.status_code, 400, 'a cursor that was made up reads no more than 31 days')
from test.list_audit_logs(
  '{"action": "ADMIN_TX_LOOKUP"}',
  cursor => bo_api.encode_cursor('["audit_logs", null, null, {"action": "ADMIN_TX_LOOKUP"}]', '2031-10-15T12:00:00Z', '9 0')
) as answer;

select * from finish();
rollback;
