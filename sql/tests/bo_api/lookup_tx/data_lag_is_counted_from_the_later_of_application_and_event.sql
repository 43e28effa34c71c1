begin;
select plan(5);

create function pg_temp.lag(tx_id text) returns text language sql as $$
  select body ->> 'data_lag_sec' from test.lookup_tx(tx_id);
$$;
select test.freeze_clock('2026-02-05T01:00:10Z');
select test.apply_ledger(
  test.ledger_event('tx-1', event_time => '2026-02-05T01:00:00Z'), test.ledger_event('tx-2', event_time => '2026-02-05T01:00:15Z')
);

select is(pg_temp.lag('tx-1'), '0', 'just applied');
select is(pg_temp.lag('tx-2'), '0', 'never negative, though the event is in the future');
select test.freeze_clock('2026-02-05T01:00:17.999Z');
select is(pg_temp.lag('tx-1'), '7', 'from its application, in whole seconds');
select is(pg_temp.lag('tx-2'), '2', 'from the event, which is later');
select test.freeze_clock('2026-02-05T01:00:09Z');
select is(pg_temp.lag('tx-1'), '0', 'never negative, though the clock was set back');

select * from finish();
rollback;
