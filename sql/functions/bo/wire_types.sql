-- The binary form of an array of rows names the row type by its oid, which differs from database to database.
create or replace function bo.wire_types()
returns table (dead_letter oid, ledger_event oid, payment_order_event oid, partition_progress oid)
language sql
stable
security definer
set search_path = pg_catalog, pg_temp
as $$
  select
    'bo.dead_letter'::pg_catalog.regtype::oid, 'bo.ledger_event'::pg_catalog.regtype::oid,
    'bo.payment_order_event'::pg_catalog.regtype::oid, 'bo.partition_progress'::pg_catalog.regtype::oid;
$$;

comment on function bo.wire_types() is 'Oids of the row types that bo.apply_batch() takes arrays of; ask once a connection';
