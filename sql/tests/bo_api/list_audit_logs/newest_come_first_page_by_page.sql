begin;
select plan(9);

select test.freeze_clock('2031-10-15T12:00:00Z');
select test.create_audit_partitions(0);
select test.audit_row(1, '10', '2031-10-15T11:00:00Z', 'tx-1');
select test.audit_row(2, '10', '2031-10-15T11:00:02Z', 'tx-2');
select test.audit_row(3, '10', '2031-10-15T11:00:02Z', 'tx-3');
select test.audit_row(4, '10', '2031-10-15T11:00:02Z', 'tx-4');
select test.audit_row(5, '10', '2031-10-15T11:00:01Z', 'tx-5');

select is(test.listed('{"actor_id": "alice", "action": "ADMIN_TX_LOOKUP"}'), 'tx-4 tx-3 tx-2 tx-5 tx-1', 'of one time the later written first');
create temporary table page as select * from test.list_audit_logs('{"action": "ADMIN_TX_LOOKUP"}', max_entries => 2);
select is((body ->> 'count')::integer, 2, 'so many as asked for') from page;
select is(body ->> 'next_cursor', next_cursor, 'it goes on') from page;
select is(test.listed('{"action": "ADMIN_TX_LOOKUP"}', max_entries => 2, cursor => next_cursor), 'tx-2 tx-5', 'from there') from page;
-- Meanwhile more is written.
select test.audit_row(6, '10', '2031-10-15T11:30:00Z', 'tx-6');
select is(test.listed('{"action": "ADMIN_TX_LOOKUP"}', max_entries => 3, cursor => next_cursor), 'tx-2 tx-5 tx-1', 'no row twice, none left out')
from page;
select is(answer.next_cursor, null, 'this is the last page')
from page, test.list_audit_logs('{"action": "ADMIN_TX_LOOKUP"}', max_entries => 3, cursor => page.next_cursor) as answer;
select is(answer.status_code, 400, 'a cursor is for its own filters')
from page, test.list_audit_logs('{"action": "ADMIN_SEARCH"}', cursor => page.next_cursor) as answer;
select is(answer.body ->> 'detail', 'cursor: must be the next_cursor of this list with the same filters.', 'and none is made up')
from test.list_audit_logs('{"action": "ADMIN_TX_LOOKUP"}', cursor => 'x') as answer;

select is(answer.status_code, 400, 'nor one that begins at no time')
from test.list_audit_logs(
  '{"action": "ADMIN_TX_LOOKUP"}',
  cursor => bo_api.encode_cursor(
    jsonb_build_array('audit_logs', null, null, '{"action": "ADMIN_TX_LOOKUP"}'::jsonb)::text, '2031-10-15Z', '1 -999999999999999999'
  )
) as answer;

select * from finish();
rollback;
