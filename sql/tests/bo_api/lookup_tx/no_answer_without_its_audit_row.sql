begin;
select plan(5);

select test.apply_ledger(test.ledger_event('tx-1'));

select throws_ok(
  $$ select test.call('lookup_tx', test.lookup_request(actor_id => null)) $$,
  '23502', null, 'an actor is missing'
);
select throws_ok('select test.lookup_tx(null)', '23502', null, 'the id is missing');

create function pg_temp.refuse() returns trigger language plpgsql as $$
begin
  raise exception 'disk full' using errcode = '53100';
end;
$$;
create trigger refuse before insert on bo.admin_audit_logs for each row execute function pg_temp.refuse();
select throws_ok($$ select test.lookup_tx('tx-1') $$, '53100', 'disk full', 'the row can''t be written');
select throws_ok($$ select test.lookup_tx('tx-9') $$, '53100', 'disk full', 'not even a 404 leaves then');

drop trigger refuse on bo.admin_audit_logs;
revoke insert on bo.admin_audit_logs from bo_owner;
select throws_ok(
  $$ select test.lookup_tx('tx-1') $$, '42501', 'permission denied for table admin_audit_logs', 'the right to write it is missing'
);

select * from finish();
rollback;
