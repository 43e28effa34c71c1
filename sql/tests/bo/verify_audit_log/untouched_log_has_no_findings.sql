begin;
select plan(3);

select test.freeze_clock('2031-11-15T12:00:00Z');
select test.create_audit_partitions(0);
select test.audit_row(number, (9 + number)::text::xid8, '2031-11-10T12:00:00Z', 'tx-' || number) from generate_series(1, 6) as number;
select array_agg(test.seal(3)) from generate_series(1, 3);

select test.audit_row(7, '20', '2031-11-11T12:00:00Z');
select is((select count(*) from bo.audit_seals), 2::bigint, 'two blocks of three rows');
select is(test.verify(), '{}', 'all is as it was sealed; what is not sealed yet is no matter');
select is(test.verify(test.audit_checkpoint()), '{}', 'nor does it differ from its own checkpoint');

select * from finish();
rollback;
