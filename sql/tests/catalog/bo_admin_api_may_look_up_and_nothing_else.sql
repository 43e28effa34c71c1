begin;
select plan(1);

select set_eq(
  $$ select object || ': ' || privilege from test.privileges where grantee = 'bo_admin_api' $$,
  array[
    'schema bo: USAGE',
    'schema bo_api: USAGE',
    'function bo_api.wire_types(): EXECUTE',
    'function bo_api.lookup_tx(bo_api.lookup_request[]): EXECUTE',
    'function bo_api.lookup_payment_order(bo_api.lookup_request[]): EXECUTE',
    'function bo_api.lookup_wallet_tx(bo_api.lookup_request[]): EXECUTE',
    'function bo_api.batch_get_tx(bo_api.lookup_request[]): EXECUTE',
    'function bo_api.search(bo_api.lookup_request[]): EXECUTE',
    'function bo_api.list_pairs(bo_api.lookup_request[]): EXECUTE',
    'function bo_api.ping(): EXECUTE',
    'function bo_api.list_audit_logs(bo_api.lookup_request[]): EXECUTE',
    'function bo_api.record_denial(bo_api.lookup_request[],text,text): EXECUTE',
    'function bo.seal_audit_log(integer,boolean): EXECUTE',
    'function bo.audit_log_state(): EXECUTE',
    'function bo_api.replication_lag_seconds(): EXECUTE',
    'function bo.create_audit_partitions(integer): EXECUTE'
  ],
  'exactly these: no read of data exists that is not audited'
);

select * from finish();
rollback;
