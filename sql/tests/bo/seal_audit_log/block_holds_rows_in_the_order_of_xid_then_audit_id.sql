begin;
select plan(3);

select test.freeze_clock('2031-10-20T12:00:00Z');
select test.create_audit_partitions(0);
select test.audit_row(4, '12');
select test.audit_row(3, '10');
select test.audit_row(2, '11');
select test.audit_row(1, '12');

select is(test.seal(), 4, 'all of them');
select results_eq(
  'select seal_number, kind, epoch, month, row_count, first_xid, first_audit_id, last_xid, last_audit_id, audit_ids, previous_hash, sealed_at
   from bo.audit_seals',
  $$ values (
    1::bigint, 'ROWS', 1, '2031-10-01'::date, 4, '10'::xid8, 3::bigint, '12'::xid8, 4::bigint, '{3,2,1,4}'::bigint [],
    decode(repeat('00', 32), 'hex'), '2031-10-20T12:00:00Z'::timestamptz
  ) $$,
  'from the first to the last'
);
select results_eq(
  'select bo.audit_row_hash(log) from bo.admin_audit_logs as log order by xid, audit_id', 'select unnest(row_hashes) from bo.audit_seals',
  'each with its hash'
);

select * from finish();
rollback;
