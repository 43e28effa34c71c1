begin;
select plan(1);

create temporary table seen (lag double precision);
grant insert on seen to bo_admin_api;

select test.call_as('bo_admin_api', 'insert into seen select bo_api.replication_lag_seconds()');
select results_eq('select lag from seen', 'values (null::double precision)', 'there is nothing to lag behind');

select * from finish();
rollback;
