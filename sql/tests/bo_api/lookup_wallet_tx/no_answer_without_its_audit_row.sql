begin;
select plan(2);

select test.apply_ledger(
  test.ledger_event('tx-a', event_time => '2026-02-05T01:00:01Z'), test.ledger_event('tx-B', event_time => '2026-02-05T01:00:01Z'),
  test.ledger_event('tx-c', event_time => '2026-02-05T01:00:00.999999Z'), test.ledger_event('tx-d', event_time => '2026-02-05T01:00:02Z'),
  test.ledger_event('tx-e', 'wallet-2', event_time => '2026-02-05T01:00:01Z')
);
create function pg_temp.refuse() returns trigger language plpgsql as $$
begin
  raise exception 'disk full' using errcode = '53100';
end;
$$;
create trigger refuse before insert on bo.admin_audit_logs for each row execute function pg_temp.refuse();

select throws_ok($$ select test.lookup_wallet_tx('wallet-1') $$, '53100', 'disk full', 'the row can''t be written');
select throws_ok($$ select test.lookup_wallet_tx('wallet-9') $$, '53100', 'disk full', 'not even an empty list leaves then');

select * from finish();
rollback;
