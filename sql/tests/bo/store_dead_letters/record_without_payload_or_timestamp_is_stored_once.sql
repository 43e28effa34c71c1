begin;
select plan(3);

select is(
  (test.apply(letters => array[
    test.dead_letter(payload => null), test.dead_letter(payload => null), test.dead_letter(payload => null, record_timestamp => null)
  ])).dead_letters_stored,
  2::bigint, 'nulls are equal to nulls'
);
select is((test.apply(letters => array[test.dead_letter(payload => null)])).dead_letters_stored, 0::bigint, 'no payload');
select is(
  (test.apply(letters => array[test.dead_letter(payload => null, record_timestamp => null)])).dead_letters_stored,
  0::bigint, 'no payload and no timestamp'
);

select * from finish();
rollback;
