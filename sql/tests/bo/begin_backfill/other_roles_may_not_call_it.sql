begin;
select plan(2);

select test.may_not(role_name, 'begin_backfill', $$ select bo.begin_backfill('ledger', '\x', null, null, 'x', 1, false) $$)
from unnest(array['bo_admin_api', 'bo_operator']) as role_name;

select * from finish();
rollback;
