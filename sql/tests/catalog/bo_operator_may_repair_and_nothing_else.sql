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
    'function bo.check_pairs(integer): EXECUTE',
    'function bo.wire_types(): EXECUTE',
    'function bo.list_dead_letters(bo.dead_letter_filter,boolean,text,text): EXECUTE',
    'function bo.show_dead_letters(bo.dead_letter_filter,integer,boolean,text,text): EXECUTE',
    'function bo.count_dead_letters(bo.dead_letter_filter): EXECUTE',
    'function bo.claim_dead_letter(bo.dead_letter_filter): EXECUTE',
    'function bo.replay_dead_letter(bigint,bo.ledger_event[],bo.payment_order_event[],text,text,bytea,integer,text,text): EXECUTE',
    'function bo.discard_dead_letters(bo.dead_letter_filter,integer,text,text): EXECUTE',
    'function bo.prune_dead_letters(integer,text,integer): EXECUTE',
    'function bo.seal_audit_log(integer,boolean): EXECUTE',
    'function bo.verify_audit_log(text,integer): EXECUTE',
    'function bo.audit_checkpoint(): EXECUTE',
    'function bo.detach_audit_partitions(integer): EXECUTE',
    'function bo.import_dead_letters(bo.dead_letter[],text,text,text): EXECUTE'
  ],
  'exactly these'
);

select * from finish();
rollback;
