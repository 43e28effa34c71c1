begin;
select plan(2);

select test.audit_row(number, '10') from generate_series(1, 5) as number;
select array_agg(test.seal(2)) from generate_series(1, 4);

select results_eq(
  'select seal_number, audit_ids from bo.audit_seals order by seal_number',
  $$ values (1::bigint, '{1,2}'::bigint []), (2, '{3,4}'), (3, '{5}') $$,
  'a transaction may end in a later block; none is empty'
);
select results_eq(
  'select previous_hash from bo.audit_seals where seal_number > 1 order by seal_number',
  'select hash from bo.audit_seals where seal_number < 3 order by seal_number', 'each names the one before'
);

select * from finish();
rollback;
