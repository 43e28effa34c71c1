begin;
select plan(2);

select test.freeze_clock('2031-10-31T23:59:59.999999Z');
select test.create_audit_partitions(1);
select test.audit_row(1, '10', '2031-10-31T23:59:59.999999Z');
select test.audit_row(2, '10', '2031-11-01T00:00:00Z');
select array_agg(test.seal()) from generate_series(1, 2);
-- A transaction that took long writes to the month that is over.
select test.audit_row(3, '12', '2031-10-31T23:59:58Z');
select array_agg(test.seal()) from generate_series(1, 2);

select results_eq(
  'select month, audit_ids from bo.audit_seals order by seal_number',
  $$ values ('2031-10-01'::date, '{1}'::bigint []), ('2031-11-01', '{2}'), ('2031-10-01', '{3}') $$,
  'what comes late for a month is in a later block of it'
);
select is(test.verify(), '{}', 'and nothing is wrong with that');

select * from finish();
rollback;
