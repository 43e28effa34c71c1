begin;
select plan(3);

select test.freeze_clock('2026-02-06T01:00:00Z');
select test.apply(letters => array[test.dead_letter(1), test.dead_letter(2, error => 'internal_error')]);
select test.freeze_clock('2026-02-06T02:00:00Z');
select test.apply(letters => array[test.dead_letter(3)]);

select results_eq(
  'select line::jsonb from test.list() as line',
  $$ values
    (jsonb_build_object('status', 'OPEN', 'error', 'parse_error', 'topic', 'ledger.entry.upserted', 'letters', 2,
     'first_at', '2026-02-06T01:00:00Z'::timestamptz, 'last_at', '2026-02-06T02:00:00Z'::timestamptz,
     'example_id', test.dlq_id(1), 'example_detail', 'unexpected end', 'example_key', 'text(4)')),
    (jsonb_build_object('status', 'OPEN', 'error', 'internal_error', 'topic', 'ledger.entry.upserted', 'letters', 1,
     'first_at', '2026-02-06T01:00:00Z'::timestamptz, 'last_at', '2026-02-06T01:00:00Z'::timestamptz,
     'example_id', test.dlq_id(2), 'example_detail', 'unexpected end', 'example_key', 'text(4)')) $$,
  'the largest group first, its first letter as example'
);
select is((select count(*) from test.list(test.letters(error => 'parse_error'))), 1::bigint, 'the filter is kept to');
select is((select count(*) from bo.dlq_actions), 0::bigint, 'a masked list is not logged');

select * from finish();
rollback;
