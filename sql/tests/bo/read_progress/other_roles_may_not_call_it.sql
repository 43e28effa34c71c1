begin;
select plan(2);

select test.may_not(role_name, 'read_progress', $$ select bo.read_progress('group-1') $$)
from unnest(array['bo_admin_api', 'bo_operator']) as role_name;

select * from finish();
rollback;
