begin;
select plan(1);

select is_empty(
  $$ select pg_proc.oid::regprocedure, finding.lineno, finding.level, finding.sqlstate, finding.message, finding.detail
     from pg_proc
     left join pg_trigger on tgfoid = pg_proc.oid
     cross join lateral plpgsql_check_function_tb(
       pg_proc.oid, relid => coalesce(tgrelid, 0), fatal_errors => false, extra_warnings => true, performance_warnings => true, security_warnings => true
     ) as finding
     where
       pronamespace in ('bo'::regnamespace, 'bo_api'::regnamespace)
       and prolang = (select oid from pg_language where lanname = 'plpgsql') $$,
  'errors and warnings of all functions in PL/pgSQL'
);

select * from finish();
rollback;
