begin;
select plan(2);

select is(test.audit_checkpoint(), '{"seal_number": 0}', 'none yet');
select test.freeze_clock('2031-11-15T12:00:00Z');
select test.audit_row(number, number::text::xid8) from generate_series(1, 2) as number;
select array_agg(test.seal(1)) from generate_series(1, 2);
select is(
  test.audit_checkpoint()::jsonb,
  (
    select jsonb_build_object('seal_number', 2, 'hash', encode(hash, 'hex'), 'sealed_at', '2031-11-15T12:00:00.000000Z')
    from bo.audit_seals where seal_number = 2
  ),
  'its number, its hash and its time'
);

select * from finish();
rollback;
