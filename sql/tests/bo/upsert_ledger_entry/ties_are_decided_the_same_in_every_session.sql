begin;
select plan(2);

-- When summer time ends there, the later of these has the lesser text: 01:15:00-08 after 01:30:00-07.
set local timezone = 'America/Los_Angeles';
select test.beats(
  test.ledger_event(event_time => '2026-11-01T09:15:00Z'), test.ledger_event(event_time => '2026-11-01T08:30:00Z'),
  'times are compared as texts of UTC, whatever time zone the session has'
);

set local datestyle = 'SQL, DMY';
select test.beats(
  test.ledger_event('tx-2', event_time => '2026-02-10T12:00:00Z'), test.ledger_event('tx-2', event_time => '2026-01-28T12:00:00Z'),
  'as ISO texts, year first, whatever its DateStyle'
);

select * from finish();
rollback;
