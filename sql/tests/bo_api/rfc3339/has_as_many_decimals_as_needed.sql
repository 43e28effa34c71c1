begin;
select plan(6);

set local timezone = 'Asia/Seoul';

select is(bo_api.rfc3339('2026-02-05T01:00:00Z'), '2026-02-05T01:00:00Z', 'none');
select is(bo_api.rfc3339('2026-02-05T01:00:00.5Z'), '2026-02-05T01:00:00.5Z', 'one');
select is(bo_api.rfc3339('2026-02-05T01:00:10.000010Z'), '2026-02-05T01:00:10.00001Z', 'five');
select is(bo_api.rfc3339('2026-02-05T01:00:00.123456Z'), '2026-02-05T01:00:00.123456Z', 'six');
select is(bo_api.rfc3339('0001-01-01T00:00:00Z'), '0001-01-01T00:00:00Z', 'in the first of all years');
select is(bo_api.rfc3339(null), null, 'null is null');

select * from finish();
rollback;
