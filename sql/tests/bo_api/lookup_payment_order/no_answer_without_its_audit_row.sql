begin;
select plan(2);

select test.apply_orders(test.order_event('po-1'));
create function pg_temp.refuse() returns trigger language plpgsql as $$
begin
  raise exception 'disk full' using errcode = '53100';
end;
$$;
create trigger refuse before insert on bo.admin_audit_logs for each row execute function pg_temp.refuse();

select throws_ok($$ select test.lookup_payment_order('po-1') $$, '53100', 'disk full', 'the row can''t be written');
select throws_ok($$ select test.lookup_payment_order('po-9') $$, '53100', 'disk full', 'not even a 404 leaves then');

select * from finish();
rollback;
