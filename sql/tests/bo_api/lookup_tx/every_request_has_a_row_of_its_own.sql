begin;
select plan(1);

select test.call(
  'lookup_tx',
  variadic array(
    select test.lookup_request(
      id, actor, roles, request_method => method, request_query => 'access_token=***', ip => null, user_agent => null
    )
    from (values ('tx-1', 'alice', 'ADMIN_READ', 'GET'), ('tx-1', 'bob', '', 'HEAD'), ('tx-2', 'bob', 'ADMIN_AUDIT', 'GET'))
      as request (id, actor, roles, method)
  )
);

select set_eq(
  'select resource_id, actor_id, actor_roles, request_method, request_query, ip, user_agent from bo.admin_audit_logs',
  $$ values
     ('tx-1', 'alice', '{ADMIN_READ}'::text [], 'GET', 'access_token=***', null::inet, null),
     ('tx-1', 'bob', '{}', 'HEAD', 'access_token=***', null, null),
     ('tx-2', 'bob', '{ADMIN_AUDIT}', 'GET', 'access_token=***', null, null) $$,
  'HEAD and each item of a list included'
);

select * from finish();
rollback;
