begin;
select plan(2);

select test.may_not(role_name, 'apply_backfill_batch', 'select bo.apply_backfill_batch(null, null, null, null, null, null)')
from unnest(array['bo_admin_api', 'bo_operator']) as role_name;

select * from finish();
rollback;
