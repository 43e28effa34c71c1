begin;
select plan(5);

select test.apply(array[test.ledger_event('tx-1'), test.ledger_event('tx-2', related_id => null)]);

create temporary table answer as
select status_code, result_count, body::jsonb from unnest(bo_api.batch_get_tx(
  array[test.lookup_request('', access_reason => 'CASE-1', filters => '{"tx_ids": ["tx-2", "gone", "tx-1", "tx-2"]}')]
));
select is(row(status_code, result_count, body -> 'count')::text, '(200,3,3)', 'found are three') from answer;
select is(
  jsonb_path_query_array(body, '$.results[*].tx_id') || jsonb_path_query_array(body, '$.results[*].status'),
  '["tx-2", "gone", "tx-1", "tx-2", 200, 404, 200, 200]', 'in the order of the ids, as often as asked'
) from answer;
select is(body #> '{results,2,tx}', (test.lookup_tx('tx-1')).body, 'as alone') from answer;
select is(body #>> '{results,1,problem,detail}', 'No ledger entry has this tx_id.', 'not found as alone') from answer;
select results_eq(
  $$ select action::text, resource_id, result::text, access_reason from bo.admin_audit_logs where access_reason is not null order by audit_id $$,
  $$ values
    ('ADMIN_TX_LOOKUP', 'tx-2', 'FOUND', 'CASE-1'), ('ADMIN_TX_LOOKUP', 'gone', 'NOT_FOUND', 'CASE-1'),
    ('ADMIN_TX_LOOKUP', 'tx-1', 'FOUND', 'CASE-1'), ('ADMIN_TX_LOOKUP', 'tx-2', 'FOUND', 'CASE-1') $$,
  'a row each'
);

select * from finish();
rollback;
