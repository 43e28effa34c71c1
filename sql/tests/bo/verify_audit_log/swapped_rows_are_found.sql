begin;
select plan(2);

select test.freeze_clock('2031-11-15T12:00:00Z');
select test.create_audit_partitions(0);
select test.audit_row(number, (9 + number)::text::xid8, '2031-11-10T12:00:00Z', 'tx-' || number) from generate_series(1, 6) as number;
select array_agg(test.seal(3)) from generate_series(1, 3);

set local session_replication_role = 'replica';
update bo.admin_audit_logs set resource_id = case audit_id when 2 then 'tx-3' else 'tx-2' end where audit_id in (2, 3);
select is(test.verify(), '{ROW_CHANGED 2 in block 1,ROW_CHANGED 3 in block 1}', 'what they tell');
update bo.admin_audit_logs set resource_id = 'tx-' || audit_id;
update bo.admin_audit_logs set xid = case audit_id when 2 then '13'::xid8 else '11'::xid8 end where audit_id in (2, 4);
select is(
  test.verify(), '{ROW_MISSING 2 in block 1,ROW_INSERTED 4 in block 1,ROW_INSERTED 2 in block 2,ROW_MISSING 4 in block 2}',
  'their places in the order'
);

select * from finish();
rollback;
