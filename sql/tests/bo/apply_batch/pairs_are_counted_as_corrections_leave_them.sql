begin;
select plan(4);

select test.freeze_clock('2026-02-05T01:01:00Z');
select test.apply_ledger(
  test.ledger_event('tx-1', related_id => 'po-1', event_time => '2026-02-05T01:00:00Z'),
  test.ledger_event('tx-2', entry_type => 'RECEIVE', related_id => 'po-1', event_time => '2026-02-05T01:00:20Z')
);

select results_eq(
  $$ select pairs_incomplete, oldest_incomplete_age_sec from test.apply(ledger => array[
    test.ledger_event('tx-2', entry_type => 'RECEIVE', related_id => 'po-2', event_time => '2026-02-05T01:00:20Z', version => 2)
  ]) $$,
  $$ values (2::bigint, 60::double precision) $$, 'an entry that moves leaves one half and makes another'
);
select is(
  array[test.pair('po-1'), test.pair('po-2')], array['INCOMPLETE tx-1 -', 'INCOMPLETE - tx-2'], 'as the pairs say'
);

select results_eq(
  $$ select pairs_incomplete, oldest_incomplete_age_sec from test.apply(ledger => array[
    test.ledger_event('tx-2', entry_type => 'RECEIVE', related_id => 'po-1', event_time => '2026-02-05T01:00:20Z', version => 3)
  ]) $$,
  $$ values (0::bigint, null::double precision) $$, 'an entry that moves back makes the pair complete and leaves none'
);
select is(array[test.pair('po-1'), test.pair('po-2')], array['COMPLETE tx-1 tx-2', null], 'as the pairs say');

select * from finish();
rollback;
