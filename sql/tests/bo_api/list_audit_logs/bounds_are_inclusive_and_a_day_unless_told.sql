begin;
select plan(6);

select test.freeze_clock('2031-10-15T12:00:00Z');
select test.audit_row(1, '10', '2031-10-14T11:59:59.999999Z', 'tx-1');
select test.audit_row(2, '10', '2031-10-14T12:00:00Z', 'tx-2');
select test.audit_row(3, '10', '2031-10-15T12:00:00Z', 'tx-3');

select is(test.listed('{"action": "ADMIN_TX_LOOKUP"}'), 'tx-3 tx-2', 'the last 24 hours');
select is(test.listed('{"action": "ADMIN_TX_LOOKUP"}', to_time => '2031-10-14T12:00:00Z'), 'tx-2 tx-1', 'those before the end that is told');
select is(
  test.listed('{"action": "ADMIN_TX_LOOKUP"}', '2031-10-14T11:59:59.999999Z', '2031-10-14T11:59:59.999999Z'), 'tx-1', 'one moment'
);
select is(test.listed('{"action": "ADMIN_TX_LOOKUP"}', '2031-09-14T12:00:00Z', '2031-10-15T12:00:00Z'), 'tx-3 tx-2 tx-1', '31 days');
select is(
  body ->> 'detail', 'from: must be within 31 days of to, unless actor_id is given.', 'not more, where no index helps'
)
from test.list_audit_logs('{"action": "ADMIN_TX_LOOKUP"}', '2031-09-14T11:59:59Z');
select is(test.listed('{"actor_id": "alice", "action": "ADMIN_TX_LOOKUP"}', '2001-01-01T00:00:00Z'), 'tx-3 tx-2 tx-1', 'any range where one does');

select * from finish();
rollback;
