begin;
select plan(2);

select test.audit_row(1, '10');
select test.seal();
-- As if the last block had been made in a cluster that had counted further.
update bo.audit_seals set last_xid = pg_snapshot_xmax(pg_current_snapshot())::text::numeric::text::xid8;
select test.audit_row(2, '11');

select throws_ok('select test.seal()', '55000', 'transaction ids have begun anew since the last seal', 'their order is not that of time');
select is((select count(*) from bo.audit_seals), 1::bigint, 'no block is made');

select * from finish();
rollback;
