begin;
select plan(2);

-- Who may not create such objects can't try; a database where PUBLIC may is not to be lost.
do $$ begin execute format('grant temporary on database %I to bo_admin_api, bo_consumer', current_database()); end $$;

set local role bo_admin_api;
create function pg_temp.run_as_its_owner(value pg_catalog.anyelement)
returns pg_catalog.bool
language plpgsql
as $$ begin raise exception 'run as %', current_user; end; $$;
create domain pg_temp.json as pg_catalog.json check (pg_temp.run_as_its_owner(value));
create domain pg_temp.timestamptz as pg_catalog.timestamptz check (pg_temp.run_as_its_owner(value));
grant usage on type pg_temp.timestamptz to bo_consumer;

select lives_ok($$ select bo_api.lookup_tx(array[]::bo_api.lookup_request []) $$, 'a lookup');

reset role;
select lives_ok($$ select test.apply(ledger => array[test.ledger_event()]) $$, 'a batch');

select * from finish();
rollback;
