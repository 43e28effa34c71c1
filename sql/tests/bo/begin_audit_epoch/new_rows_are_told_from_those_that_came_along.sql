begin;
select plan(4);

select test.freeze_clock('2031-10-15T12:00:00Z');
select test.create_audit_partitions(0);
-- Logical replication brings rows and no sequences.
select test.audit_row(1000000 + number, (9 + number)::text::xid8, resource_id => 'tx-' || number) from generate_series(1, 3) as number;
select test.seal(2);

select throws_ok(
  $$ select bo.begin_audit_epoch('replicated', 1000001) $$, '22023',
  'rows up to audit_id 1000002 are sealed already, so they can''t be of the epoch to come', 'what is sealed stays in its epoch'
);
select bo.begin_audit_epoch('replicated');
select cmp_ok(
  (select last_audit_id from bo.audit_seals where kind = 'EPOCH'), '>=', 1000003::bigint, 'the epoch that ends has all that came along'
);
insert into bo.admin_audit_logs (
  actor_id, actor_roles, action, resource_type, resource_id, result, status_code, request_method, request_path, requested_at, duration_ms,
  result_count, correlation_id, xid
)
values ('a', '{ADMIN_READ}', 'ADMIN_TX_LOOKUP', 'TX', 'tx-9', 'FOUND', 200, 'GET', '/', bo.clock(), 1, 1, 'c', '10');
select is(test.seal(), 1, 'a row of now is sealed in the new one');
select is(test.verify(), '{}', 'and all is well');

select * from finish();
rollback;
