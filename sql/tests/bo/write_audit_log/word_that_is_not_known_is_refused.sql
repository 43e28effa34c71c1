begin;
select plan(4);

prepare denial as select test.record_denial($1, $2, test.lookup_request('tx-1'));

select throws_ok($$ execute denial('ADMIN_TX_DELETION', 'TX') $$, '23514', null, 'an action');
select throws_ok($$ execute denial('ADMIN_TX_LOOKUP', 'CUSTOMER') $$, '23514', null, 'a resource type');
select throws_ok(
  $$ select bo.write_audit_log(
       'ADMIN_TX_LOOKUP', 'TX', array[test.lookup_request('tx-1')], array[row(200, -1, null, null)::bo_api.lookup_answer]
     ) $$,
  '23514', null, 'a count below zero'
);
select is((select count(*) from bo.admin_audit_logs), 0::bigint, 'nothing was written');

select * from finish();
rollback;
