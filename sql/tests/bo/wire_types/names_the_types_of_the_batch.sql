begin;
select plan(1);

create temporary table seen (dead_letter oid, ledger_event oid, payment_order_event oid, partition_progress oid);
grant insert on seen to bo_consumer;

select test.call_as('bo_consumer', 'insert into seen select * from bo.wire_types()');
select results_eq(
  'select dead_letter::regtype::text, ledger_event::regtype::text, payment_order_event::regtype::text, partition_progress::regtype::text
   from seen',
  $$ values ('bo.dead_letter', 'bo.ledger_event', 'bo.payment_order_event', 'bo.partition_progress') $$,
  'the oids are those of the row types'
);

select * from finish();
rollback;
