begin;
select plan(3);

select throws_ok($$ select test.begin_backfill(kind => 'wallet') $$, '23514', null, 'a kind that is none');
select throws_ok($$ select test.begin_backfill(file => null) $$, '23502', null, 'no checksum');
select throws_ok($$ select bo.begin_backfill('ledger', '\x00', null, null, 'x', 1, false) $$, '23514', null, 'a short checksum');

select * from finish();
rollback;
