begin;
select plan(9);

select test.freeze_clock('2031-10-15T12:00:00Z');
select test.audit_row(number, '10', '2031-10-15T11:00:00Z', 'tx-' || number) from generate_series(1, 7) as number;
update bo.admin_audit_logs set actor_id = 'bob' where audit_id = 1;
update bo.admin_audit_logs set resource_type = 'WALLET' where audit_id = 2;
update bo.admin_audit_logs set action = 'ADMIN_SEARCH' where audit_id = 4;
update bo.admin_audit_logs set result = 'DENIED', status_code = 403 where audit_id = 5;
update bo.admin_audit_logs set correlation_id = 'corr-2' where audit_id = 6;

select is(test.listed('{"actor_id": "bob"}'), 'tx-1', 'actor_id');
select is(test.listed('{"resource_type": "WALLET"}'), 'tx-2', 'resource_type');
select is(test.listed('{"resource_id": "tx-3"}'), 'tx-3', 'resource_id');
select is(test.listed('{"action": "ADMIN_SEARCH"}'), 'tx-4', 'action');
select is(test.listed('{"result": "DENIED"}'), 'tx-5', 'result');
select is(test.listed('{"correlation_id": "corr-2"}'), 'tx-6', 'correlation_id');
select is(test.listed('{"actor_id": "alice", "result": "FOUND", "resource_id": "tx-7"}'), 'tx-7', 'all that are given');
select is(test.listed('{"actor_id": "bob", "result": "DENIED"}'), '', 'none fits both');
select is(test.listed('{"actor_id": "'' or true --"}'), '', 'a value is a value');

select * from finish();
rollback;
