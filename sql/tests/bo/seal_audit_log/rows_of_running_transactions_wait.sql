begin;
select plan(3);

select test.audit_row(1001, '10');
select test.lookup_tx('tx-1');
select is(test.seal(), 1, 'this transaction has not ended');
select is(test.seal(), 0, 'nothing more is left');
select is(
  (select log.xid from bo.admin_audit_logs as log where log.audit_id <> all(array(select unnest(seal.audit_ids) from bo.audit_seals as seal))),
  pg_current_xact_id(), 'its own row is left'
);

select * from finish();
rollback;
