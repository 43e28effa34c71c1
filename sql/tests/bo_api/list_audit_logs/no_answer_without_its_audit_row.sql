begin;
select plan(1);

create function pg_temp.refuse() returns trigger language plpgsql as $$
begin
  raise exception 'disk full' using errcode = '53100';
end;
$$;
create trigger refuse before insert on bo.admin_audit_logs for each row execute function pg_temp.refuse();

select throws_ok('select test.list_audit_logs()', '53100', 'disk full', 'the row can''t be written');

select * from finish();
rollback;
