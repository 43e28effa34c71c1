begin;
select plan(3);

create function pg_temp.upsert(amount text, created_at text, version text) returns void language sql as $$
  select test.call_as('bo_consumer', format(
    'select bo.upsert_payment_order(''po-1'', null, null, %L, ''PAID'', %L, null, %L)', amount, created_at, version
  ));
$$;

select throws_ok($$ select pg_temp.upsert('ten', '2026-02-05T01:00:00Z', '1') $$, '22P02', null, 'an amount that is no number');
select throws_ok($$ select pg_temp.upsert('10', '2026-02-30T01:00:00Z', '1') $$, '22008', null, 'a day that does not exist');
select throws_ok(
  $$ select pg_temp.upsert('10', '2026-02-05T01:00:00Z', '9223372036854775808') $$, '22003', null, 'a version beyond 64 bits'
);

select * from finish();
rollback;
