-- A pair as 'COMPLETE tx-1 tx-2'; '-' for an empty slot, null without a row.
create function test.pair(order_id text)
returns text
language sql
stable
as $$
  select format('%s %s %s', pairing_status, coalesce(payment_tx_id, '-'), coalesce(receive_tx_id, '-'))
  from bo.payment_ledger_pairs
  where payment_order_id = order_id;
$$;

-- Where every row stands and who wrote or locked it: equal before and after when nothing was written.
create function test.row_versions()
returns text []
language sql
volatile
as $$
  select array_agg(place order by place)
  from (
    select 'ledger ' || tx_id || ctid || xmin || ' ' || xmax from bo.ledger_entries
    union all
    select 'order ' || order_id || ctid || xmin || ' ' || xmax from bo.payment_orders
    union all
    select 'pair ' || payment_order_id || ctid || xmin || ' ' || xmax from bo.payment_ledger_pairs
    union all
    select 'letter ' || dlq_id || ctid || xmin || ' ' || xmax from bo.consumer_dlq_events
  ) as placed (place);
$$;

-- The pairs by contract.md section 3, told from the ledger without any function of the product.
create function test.expected_pairs()
returns table (
    payment_order_id text, payment_tx_id text, receive_tx_id text, payer_wallet_id text, payee_wallet_id text,
    pairing_status text, payment_entry_count integer, receive_entry_count integer, has_extra_entries boolean,
    payment_amount numeric, receive_amount numeric
)
language sql
stable
as $$
  with eligible as (
    select *
    from bo.ledger_entries
    where entry_type in ('PAYMENT', 'RECEIVE') and related_id is not null and coalesce(related_type, 'PAYMENT_ORDER') = 'PAYMENT_ORDER'
  )
  select
    related_id,
    (array_agg(tx_id order by event_time, tx_id collate "C") filter (where entry_type = 'PAYMENT'))[1],
    (array_agg(tx_id order by event_time, tx_id collate "C") filter (where entry_type = 'RECEIVE'))[1],
    (array_agg(wallet_id order by event_time, tx_id collate "C") filter (where entry_type = 'PAYMENT'))[1],
    (array_agg(wallet_id order by event_time, tx_id collate "C") filter (where entry_type = 'RECEIVE'))[1],
    case count(distinct entry_type) when 2 then 'COMPLETE' else 'INCOMPLETE' end,
    count(*) filter (where entry_type = 'PAYMENT')::integer,
    count(*) filter (where entry_type = 'RECEIVE')::integer,
    count(*) > count(distinct entry_type),
    (array_agg(amount order by event_time, tx_id collate "C") filter (where entry_type = 'PAYMENT'))[1],
    (array_agg(amount order by event_time, tx_id collate "C") filter (where entry_type = 'RECEIVE'))[1]
  from eligible
  group by related_id;
$$;

-- How much this transaction has read of tables and of their indexes so far.
create function test.rows_read(variadic tables regclass[])
returns bigint
language sql
volatile
as $$
  select sum(pg_stat_get_xact_tuples_returned(part.oid) + pg_stat_get_xact_tuples_fetched(part.oid))::bigint
  from (
    select index.indexrelid as oid from pg_index as index where index.indrelid = any(tables)
    union all
    select unnest(tables)
  ) as part;
$$;

-- Every privilege on what is in our schemas; PUBLIC is a grantee, and so is what is open by default.
create view test.privileges as
with acl (object, items) as (
  select 'schema ' || nspname, coalesce(nspacl, acldefault('n', nspowner)) from pg_namespace where nspname in ('bo', 'bo_api')
  union all
  select 'relation ' || oid::regclass, coalesce(relacl, acldefault(case relkind when 'S' then 's' else 'r' end::"char", relowner))
  from pg_class
  where relnamespace in ('bo'::regnamespace, 'bo_api'::regnamespace) and relkind in ('r', 'p', 'v', 'm', 'S', 'f')
  union all
  select format('column %s.%s', attrelid::regclass, attname), attacl
  from pg_attribute
  inner join pg_class on pg_class.oid = attrelid
  where relnamespace in ('bo'::regnamespace, 'bo_api'::regnamespace)
  union all
  select 'function ' || oid::regprocedure, coalesce(proacl, acldefault('f', proowner))
  from pg_proc where pronamespace in ('bo'::regnamespace, 'bo_api'::regnamespace)
  union all
  select 'type ' || reltype::regtype, coalesce(typacl, acldefault('T', typowner))
  from pg_class
  inner join pg_type on pg_type.oid = reltype
  where relnamespace in ('bo'::regnamespace, 'bo_api'::regnamespace) and relkind = 'c'
)

select
  acl.object,
  item.privilege_type as privilege,
  item.is_grantable,
  case item.grantee when 0 then 'PUBLIC' else item.grantee::regrole::text end as grantee
from acl
cross join lateral aclexplode(acl.items) as item;
