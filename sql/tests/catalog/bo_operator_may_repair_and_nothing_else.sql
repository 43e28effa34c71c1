begin;
select plan(1);

select set_eq(
  $$ select object || ': ' || privilege from test.privileges where grantee = 'bo_operator' $$,
  array[
    'schema bo: USAGE',
    'function bo.order_ids_after(text,integer): EXECUTE',
    'function bo.order_ids_touched_since(timestamp with time zone): EXECUTE',
    'function bo.pair_count_estimate(): EXECUTE',
    'function bo.repair_pairs(text[],boolean,timestamp with time zone): EXECUTE',
    'function bo.check_pairs(integer): EXECUTE'
  ],
  'exactly these'
);

select * from finish();
rollback;
