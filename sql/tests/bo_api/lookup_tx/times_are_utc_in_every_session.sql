begin;
select plan(1);

select test.apply_ledger(test.ledger_event('tx-1', event_time => '2026-02-05T01:00:00.000100+09:00'));
set local timezone = 'Asia/Seoul';
set local datestyle = 'German';

select is((test.lookup_tx('tx-1')).body ->> 'event_time', '2026-02-04T16:00:00.0001Z', 'with Z, whatever the session has set');

select * from finish();
rollback;
