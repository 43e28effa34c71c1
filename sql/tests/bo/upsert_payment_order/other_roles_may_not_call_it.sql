begin;
select plan(2);

select test.may_not(role_name, 'upsert_payment_order', $$
  select bo.upsert_payment_order('po-1', null, null, 1, 'PAID', '2026-02-05T01:00:00Z')
$$)
from unnest(array['bo_admin_api', 'bo_operator']) as role_name;

select * from finish();
rollback;
