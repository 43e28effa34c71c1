begin;
select plan(1);

-- A clock that goes on by an hour at each look.
create sequence test.hours;
grant usage on schema test to bo_owner;
grant usage on sequence test.hours to bo_owner;
create or replace function bo.clock() returns timestamptz language sql volatile security definer
as $$ select '2026-02-05T00:00:00Z'::timestamptz + nextval('test.hours') * interval '1 hour' $$;
select set_config('test.begun', (bo.clock() + interval '1 hour')::text, true);
select test.apply(ledger => array[test.ledger_event()], progress => array[test.progress(caught_up_age_us => 0)]);

select is(
  (select applied_through from bo.consumer_progress), current_setting('test.begun')::timestamptz,
  'what came while it was applied may not be in it'
);

select * from finish();
rollback;
