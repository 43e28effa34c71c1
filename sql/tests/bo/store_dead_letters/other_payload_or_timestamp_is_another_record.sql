begin;
select plan(3);

-- A topic that was made anew counts its offsets from 0 again.
select test.apply(letters => array[test.dead_letter()]);

select is((test.apply(letters => array[test.dead_letter(payload => '{}')])).dead_letters_stored, 1::bigint, 'another payload');
select is((test.apply(letters => array[test.dead_letter(payload => '')])).dead_letters_stored, 1::bigint, 'an empty payload');
select is(
  (test.apply(letters => array[test.dead_letter(record_timestamp => '2026-02-05T01:00:03Z')])).dead_letters_stored, 1::bigint,
  'another timestamp'
);

select * from finish();
rollback;
