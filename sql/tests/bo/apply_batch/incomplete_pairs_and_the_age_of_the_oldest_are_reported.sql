begin;
select plan(3);

select test.freeze_clock('2026-02-05T01:01:00Z');

select results_eq(
  $$ select pairs_touched, pairs_incomplete, oldest_incomplete_age_sec from test.apply(ledger => array[
    test.ledger_event('tx-1', related_id => 'po-1', event_time => '2026-02-05T01:00:30Z'),
    test.ledger_event('tx-2', related_id => 'po-2', event_time => '2026-02-05T01:00:15.5Z', entry_type => 'RECEIVE')
  ]) $$,
  $$ values (2::bigint, 2::bigint, 44.5::double precision) $$, 'two halves: the older is 44.5 s old'
);
select results_eq(
  $$ select pairs_touched, pairs_incomplete, oldest_incomplete_age_sec from test.apply(ledger => array[
    test.ledger_event('tx-3', related_id => 'po-2', event_time => '2026-02-05T01:00:00Z')
  ]) $$,
  $$ values (1::bigint, 0::bigint, null::double precision) $$, 'a pair made complete: none is incomplete'
);
select results_eq(
  $$ select pairs_touched, pairs_incomplete, oldest_incomplete_age_sec from test.apply(ledger => array[
    test.ledger_event('tx-3', related_id => 'po-2', event_time => '2026-02-05T01:00:00Z')
  ]) $$,
  $$ values (null::bigint, null::bigint, null::double precision) $$, 'a duplicate: no pair is touched'
);

select * from finish();
rollback;
