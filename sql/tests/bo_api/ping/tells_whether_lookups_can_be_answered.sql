begin;
select plan(2);

create temporary table seen (answers boolean);
grant insert on seen to bo_admin_api;

select test.call_as('bo_admin_api', 'insert into seen select bo_api.ping()');
revoke insert on bo.admin_audit_logs from bo_owner;
select test.call_as('bo_admin_api', 'insert into seen select bo_api.ping()');

select is((select count(*) from seen where answers), 1::bigint, 'true while audit rows can be written');
select is((select count(*) from seen where not answers), 1::bigint, 'false when they can''t');

select * from finish();
rollback;
