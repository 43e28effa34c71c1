begin;
select plan(1);

select set_eq(
  $$ select object || ': ' || privilege from test.privileges where grantee = 'bo_admin_api' $$,
  array[
    'schema bo: USAGE',
    'schema bo_api: USAGE',
    'function bo_api.lookup_tx(text,text,text,inet,text,text,text,text,text,double precision): EXECUTE',
    'function bo_api.lookup_payment_order(text,text,text,inet,text,text,text,text,text,double precision): EXECUTE',
    'function bo_api.lookup_wallet_tx(text,timestamp with time zone,timestamp with time zone,integer,text,text,inet,text,text,text,'
    'text,text,double precision): EXECUTE',
    'function bo_api.ping(): EXECUTE',
    'function bo_api.replication_lag_seconds(): EXECUTE',
    'function bo.create_audit_partitions(integer): EXECUTE'
  ],
  'exactly these: no read of data exists that is not audited'
);

select * from finish();
rollback;
