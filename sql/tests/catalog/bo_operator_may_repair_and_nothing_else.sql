begin;
select plan(1);

select set_eq(
  $$ select object || ': ' || privilege from test.privileges where grantee = 'bo_operator' $$,
  array[
    'schema bo: USAGE',
    'function bo.order_ids_after(text,integer): EXECUTE',
    'function bo.repair_pairs(text[],boolean): EXECUTE'
  ],
  'exactly these'
);

select * from finish();
rollback;
