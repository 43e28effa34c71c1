begin;
select plan(3);

select throws_ok(
  $$ select test.apply(letters => array[test.dead_letter(error => 'bad luck')]) $$, '23514', null, 'an error that is not known'
);
select throws_ok(
  $$ select test.apply(letters => array[test.dead_letter(header_names => '{a}')]) $$, '23514', null, 'a header name without a value'
);
select throws_ok(
  $$ select test.apply(letters => array[test.dead_letter(header_names => null)]) $$, '23502', null, 'no list of header names'
);

select * from finish();
rollback;
