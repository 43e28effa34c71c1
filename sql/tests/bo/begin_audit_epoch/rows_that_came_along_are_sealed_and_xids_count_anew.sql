begin;
select plan(7);

select test.freeze_clock('2031-10-15T12:00:00Z');
select test.create_audit_partitions(0);
-- From a cluster that had counted up to 900, of which one block was sealed; its xids are still to come in this one.
select test.audit_row(1, '9000000000000000000');
update bo.admin_audit_logs set xid = '10';
select test.seal();
update bo.admin_audit_logs set xid = '9000000000000000000';
update bo.audit_seals
set first_xid = '9000000000000000000', last_xid = '9000000000000000000', row_hashes = array(select bo.audit_row_hash(log) from bo.admin_audit_logs as log);
update bo.audit_seals set hash = bo.audit_seal_hash(audit_seals);
select test.audit_row(2, '9000000000000000001');
select is(test.verify(), '{XID_AHEAD 1,XID_AHEAD 2}', 'verification notices');
select throws_ok('select test.seal()', '55000', 'transaction ids have begun anew since the last seal', 'so does sealing');

select is(bo.begin_audit_epoch('restored from the dump of 2031-10-14', 2), 3::bigint, 'a new epoch begins with a block of its own');
select results_eq(
  'select kind, epoch, month, audit_ids, last_audit_id, reason from bo.audit_seals where seal_number > 1 order by seal_number',
  $$ values
    ('ROWS', 1, '2031-10-01'::date, '{2}'::bigint [], 2::bigint, null::text),
    ('EPOCH', 2, null, '{}', 2, 'restored from the dump of 2031-10-14') $$,
  'behind one of the rows that had not been sealed'
);
select test.audit_row(3, '10');
select is(test.seal(), 1, 'then the xids of this cluster are sealed');
select is(test.verify(), '{}', 'all is well');
select test.audit_row(4, '9');
select is(test.verify(), '{ROW_INSERTED 4 in block 4}', 'forged xids are found as before');

select * from finish();
rollback;
