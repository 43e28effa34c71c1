begin;
select plan(3);

select test.apply(letters => array[test.dead_letter(1), test.dead_letter(2), test.dead_letter(3)]);
select test.replay(1, test.ledger_event());
select test.discard(test.letters(to_id => test.dlq_id(2)));

select results_eq(
  'select dlq_id, topic, payload, record_timestamp_us from bo.claim_dead_letter(test.letters())',
  $$ values (test.dlq_id(2), 'ledger.entry.upserted', '{"tx_id":'::bytea, 1770253202000000) $$, 'a resolved one is passed over'
);
select is(
  (select dlq_id from bo.claim_dead_letter(test.letters(statuses => '{OPEN}'))), test.dlq_id(3), 'the filter decides on the others'
);
select is_empty('select * from bo.claim_dead_letter(test.letters(statuses => ''{RESOLVED}''))', 'nobody can ask for a resolved one');

select * from finish();
rollback;
