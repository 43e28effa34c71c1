begin;
select plan(1);

select set_eq(
  $$ select object || ': ' || privilege from test.privileges where grantee = 'bo_consumer' $$,
  array[
    'schema bo: USAGE',
    'function bo.wire_types(): EXECUTE',
    'function bo.read_progress(text): EXECUTE',
    'function bo.apply_batch(text,bo.dead_letter[],bo.ledger_event[],bo.payment_order_event[],bo.partition_progress[]): EXECUTE',
    'function bo.begin_backfill(text,bytea,timestamp with time zone,timestamp with time zone,text,bigint,boolean): EXECUTE',
    'function bo.apply_backfill_batch(bigint,bigint,boolean,bo.dead_letter[],bo.ledger_event[],bo.payment_order_event[]): EXECUTE',
    'function bo.upsert_ledger_entry(text,text,text,numeric,numeric,text,text,timestamp with time zone,timestamp with time zone,'
    'timestamp with time zone,bigint,timestamp with time zone): EXECUTE',
    'function bo.upsert_payment_order(text,text,text,numeric,text,timestamp with time zone,timestamp with time zone,bigint,'
    'timestamp with time zone): EXECUTE',
    'function bo.watch_pairs(integer): EXECUTE',
    'function bo.prune_dead_letters(integer,text,integer): EXECUTE'
  ],
  'exactly these'
);

select * from finish();
rollback;
