begin;
select plan(3);

-- PAYMENT, RECEIVE and order in each of their orders, each split into batches in each way: 24 stories, each with ids of its own.
create temporary table story as
select
  row_number() over () as n,
  string_to_array(arrival, ' ') as arrival,
  string_to_array(batches, ' ')::integer [] as batches
from unnest(array['P R O', 'P O R', 'R P O', 'R O P', 'O P R', 'O R P']) as arrival
cross join unnest(array['1 1 1', '1 1 2', '1 2 2', '1 2 3']) as batches;

create function pg_temp.tell(n bigint, arrived text []) returns void language sql as $$
  select test.apply(
    ledger => array_remove(array[
      case when 'P' = any(arrived) then test.ledger_event('pay-' || n, 'payer-' || n, 'PAYMENT', related_id => 'po-' || n) end,
      case when 'R' = any(arrived) then test.ledger_event('rec-' || n, 'payee-' || n, 'RECEIVE', related_id => 'po-' || n) end
    ], null),
    orders => case when 'O' = any(arrived) then array[test.order_event('po-' || n)] end
  );
$$;

do $$
declare
  v_story record;
begin
  for v_story in select * from story loop
    for v_batch in 1..3 loop
      perform pg_temp.tell(v_story.n, array(
        select event from unnest(v_story.arrival, v_story.batches) as arrived (event, batch) where batch = v_batch
      ));
    end loop;
  end loop;
end;
$$;

select set_eq(
  'select payment_order_id, test.pair(payment_order_id), payer_wallet_id, payee_wallet_id from bo.payment_ledger_pairs',
  $$ select 'po-' || n as a, format('COMPLETE pay-%1$s rec-%1$s', n) as b, 'payer-' || n as c, 'payee-' || n as d from story $$,
  'each story ends with the same complete pair'
);
select is(
  (select count(*) from bo.payment_ledger_pairs where payment_entry_count = 1 and receive_entry_count = 1 and not has_extra_entries),
  24::bigint, 'with one entry in each slot'
);
select is((select count(*) from bo.payment_orders), 24::bigint, 'and its order');

select * from finish();
rollback;
