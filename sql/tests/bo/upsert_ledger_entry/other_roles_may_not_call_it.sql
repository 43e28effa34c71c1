begin;
select plan(2);

select test.may_not(role_name, 'upsert_ledger_entry', $$
  select bo.upsert_ledger_entry('tx-1', 'w', 'PAYMENT', 1, null, null, null, '2026-02-05T01:00:00Z', '2026-02-05T01:00:00Z')
$$)
from unnest(array['bo_admin_api', 'bo_operator']) as role_name;

select * from finish();
rollback;
