begin;
select plan(1);

-- The others measure how long something took; a stopped clock must not stop that.
select set_eq(
  $$ select oid::regproc::text
     from pg_proc
     where
       pronamespace in ('bo'::regnamespace, 'bo_api'::regnamespace)
       and pg_get_functiondef(oid) ~* '\m((now|timeofday|(clock|statement|transaction)_timestamp)\s*\(|current_(date|time)|local(time|timestamp)\M)'
     union all
     select viewname from pg_views where schemaname in ('bo', 'bo_api') and definition ~* '\m((now|(clock|statement|transaction)_timestamp)\s*\(|current_(date|time))' $$,
  array['bo.clock', 'bo.write_audit_log', 'bo_api.replication_lag_seconds'], 'nothing else asks PostgreSQL for it'
);

select * from finish();
rollback;
