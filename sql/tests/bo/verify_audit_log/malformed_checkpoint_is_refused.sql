begin;
select plan(6);

select test.freeze_clock('2031-11-15T12:00:00Z');
select test.create_audit_partitions(0);
select test.audit_row(number, (9 + number)::text::xid8, '2031-11-10T12:00:00Z', 'tx-' || number) from generate_series(1, 6) as number;
select array_agg(test.seal(3)) from generate_series(1, 3);

select throws_ok($$ select test.verify('no JSON') $$, '22P02', null, 'no JSON');
select throws_ok($$ select test.verify('{"seal_number": 2}') $$, '22023', 'a checkpoint has a seal_number and a hash', 'half of one');
select throws_ok($$ select test.verify('{"hash": "00"}') $$, '22023', 'a checkpoint has a seal_number and a hash', 'the other half');
select throws_ok($$ select test.verify('null') $$, '22023', 'a checkpoint has a seal_number and a hash', 'nothing');
select throws_ok($$ select test.verify('[{"seal_number": 0}, 2]') $$, '22023', 'a checkpoint has a seal_number and a hash', 'one of two');
select lives_ok($$ select test.verify('{"seal_number": 0}') $$, 'that of a log without seals is one');

select * from finish();
rollback;
