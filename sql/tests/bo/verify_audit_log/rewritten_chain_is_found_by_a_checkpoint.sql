begin;
select plan(5);

select test.freeze_clock('2031-11-15T12:00:00Z');
select test.create_audit_partitions(0);
select test.audit_row(number, (9 + number)::text::xid8, '2031-11-10T12:00:00Z', 'tx-' || number) from generate_series(1, 6) as number;
select array_agg(test.seal(3)) from generate_series(1, 3);

select set_config('test.checkpoint', test.audit_checkpoint(), true);
select is(test.verify(current_setting('test.checkpoint')), '{}', 'before');

-- What somebody does who may do anything here: changes a row and makes the whole chain anew.
set local session_replication_role = 'replica';
update bo.admin_audit_logs set actor_id = 'mallory' where audit_id = 1;
delete from bo.audit_seals;
select array_agg(test.seal(3)) from generate_series(1, 2);
select is(test.verify(), '{}', 'the new chain is sound');
select is(test.verify(current_setting('test.checkpoint')), '{CHECKPOINT_MISSED in block 2}', 'and not that of the checkpoint');
select test.audit_row(7, '20', '2031-11-10T12:00:00Z');
select test.seal();
select is(test.verify(current_setting('test.checkpoint')), '{CHECKPOINT_MISSED in block 2}', 'however long it grows');
select is(
  test.verify(format('[%s, %s]', current_setting('test.checkpoint'), test.audit_checkpoint())), '{CHECKPOINT_MISSED in block 2}',
  'though a later checkpoint was taken of the new one'
);

select * from finish();
rollback;
