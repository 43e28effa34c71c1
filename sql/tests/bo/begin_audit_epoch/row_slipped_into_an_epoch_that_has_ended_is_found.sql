begin;
select plan(3);

select test.freeze_clock('2031-10-15T12:00:00Z');
select test.create_audit_partitions(1);
select test.audit_row(5, '10');
select bo.begin_audit_epoch('restored', 10);
select is(test.seal(), 0, 'what was sealed is not sealed again');
select is(test.verify(), '{}', 'before');
select test.audit_row(6, '11');
select test.audit_row(7, '11', '2031-11-15T12:00:00Z');
select is(test.verify(), '{"ROW_INSERTED 6","ROW_INSERTED 7"}', 'behind its last block, and in a month without any');

select * from finish();
rollback;
