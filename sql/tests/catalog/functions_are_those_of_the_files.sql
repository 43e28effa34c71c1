begin;
select plan(1);

\set files `cd functions && find bo bo_api -name '*.sql' | sed 's,/,.,; s,[.]sql$,,' | tr '\n' ' '`

select set_eq(
  $$ select pronamespace::regnamespace || '.' || proname from pg_proc where pronamespace in ('bo'::regnamespace, 'bo_api'::regnamespace) $$,
  string_to_array(trim(:'files'), ' '), 'each file makes the function that it is named after, and no other function is there'
);

select * from finish();
rollback;
