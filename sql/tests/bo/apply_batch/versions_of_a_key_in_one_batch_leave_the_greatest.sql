begin;
select plan(3);

-- Every order of four events of one key, each order with a key of its own.
create temporary table permutation as
select array[a, b, c, d] as versions, row_number() over () as n
from generate_series(1, 4) as a, generate_series(1, 4) as b, generate_series(1, 4) as c, generate_series(1, 4) as d
where array[a, b, c, d] @> '{1,2,3,4}';

select is(
  test.apply_ledger(variadic array(
    select test.ledger_event('tx-' || n, version => version) from permutation, unnest(versions) with ordinality as v (version, place)
    order by place, n
  )),
  '24 inserted, 72 stale', 'one of each key is inserted'
);
select is((select array_agg(distinct source_version) from bo.ledger_entries), '{4}', 'it is the greatest');
select is(
  test.apply_orders(variadic array(
    select test.order_event('po-' || n, version => version) from permutation, unnest(versions) with ordinality as v (version, place)
    order by place, n
  )),
  '24 inserted, 72 stale', 'orders too'
);

select * from finish();
rollback;
