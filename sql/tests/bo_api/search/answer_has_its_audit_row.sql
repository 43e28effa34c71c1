begin;
select plan(2);

select test.apply_ledger(test.ledger_event('tx-1'));
select is(
  test.search('tx-1'),
  '{
    "q": "tx-1", "matches": [{"resource_type": "TX", "resource_id": "tx-1"}], "count": 1,
    "freshness": {"as_of": null, "ledger_lag_sec": null, "payment_order_lag_sec": null}
  }', 'to the field'
);
select results_eq(
  'select action::text, resource_type::text, resource_id, result::text, status_code, result_count::integer from bo.admin_audit_logs',
  $$ values ('ADMIN_SEARCH', 'ID', 'tx-1', 'FOUND', 200, 1) $$, 'with the id that was asked for'
);

select * from finish();
rollback;
