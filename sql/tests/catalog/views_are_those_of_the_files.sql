begin;
select plan(1);

\set files `cd views && find bo bo_api -name '*.sql' | sed 's,/,.,; s,[.]sql$,,' | tr '\n' ' '`

select set_eq(
  $$ select schemaname || '.' || viewname from pg_views where schemaname in ('bo', 'bo_api') $$,
  string_to_array(trim(:'files'), ' '), 'each file makes the view that it is named after, and no other view is there'
);

select * from finish();
rollback;
