create or replace function bo_api.replication_lag_seconds()
returns double precision
language sql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
  select
    case when pg_catalog.pg_is_in_recovery()
      then extract(epoch from pg_catalog.clock_timestamp() - pg_catalog.pg_last_xact_replay_timestamp())
    end;
$$;

comment on function bo_api.replication_lag_seconds() is 'Seconds that this standby is behind its primary; null on a primary';
