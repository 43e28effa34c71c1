begin;
select plan(1);

select test.freeze_clock('2031-10-15T12:00:00Z');
select test.record_denial(
  'ADMIN_TX_LOOKUP', 'TX', test.lookup_request('tx-1', actor_roles => 'OTHER', access_reason => 'ticket 4711'), test.lookup_request(null)
);
select results_eq(
  'select actor_id, actor_roles, action::text, resource_type::text, resource_id, result::text, status_code, result_count::integer, requested_at, access_reason
   from bo.admin_audit_logs order by audit_id',
  $$ values
    ('alice', '{OTHER}'::text [], 'ADMIN_TX_LOOKUP', 'TX', 'tx-1', 'DENIED', 403, 0, '2031-10-15T12:00:00Z'::timestamptz, 'ticket 4711'),
    ('alice', '{ADMIN_READ,ADMIN_AUDIT}', 'ADMIN_TX_LOOKUP', 'TX', '*', 'DENIED', 403, 0, '2031-10-15T12:00:00Z', null) $$,
  'each of them'
);

select * from finish();
rollback;
