begin;
select plan(5);

create function pg_temp.upsert(amount text, event_time text, version text, tx_id text default 'tx-1') returns void language sql as $$
  select test.call_as('bo_consumer', format(
    'select bo.upsert_ledger_entry(%L, ''w'', ''PAYMENT'', %L, null, null, null, %L, ''2026-02-05T01:00:00Z'', null, %L)',
    tx_id, amount, event_time, version
  ));
$$;

select throws_ok($$ select pg_temp.upsert('ten', '2026-02-05T01:00:00Z', '1') $$, '22P02', null, 'an amount that is no number');
select throws_ok($$ select pg_temp.upsert('10', '2026-02-30T01:00:00Z', '1') $$, '22008', null, 'a day that does not exist');
select throws_ok($$ select pg_temp.upsert('10', 'at noon', '1') $$, '22007', null, 'a time that is none');
select throws_ok(
  $$ select pg_temp.upsert('10', '2026-02-05T01:00:00Z', '9223372036854775808') $$, '22003', null, 'a version beyond 64 bits'
);
select throws_ok(
  $$ select pg_temp.upsert(
    '10', '2026-02-05T01:00:00Z', '1', (select string_agg(md5(i::text), '') from generate_series(1, 300) as i)
  ) $$,
  '54000', null, 'an id that no index can hold'
);

select * from finish();
rollback;
