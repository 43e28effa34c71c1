begin;
select plan(2);

-- What a careless concatenation would take for the same.
create temporary table forms (request_query text, access_reason text, actor_roles text []);
insert into forms values
  (null, null, '{}'), ('', null, '{}'), (null, '', '{}'), ('', '', '{}'), ('null', null, '{}'), (null, 'null', '{}'),
  ('ab', 'c', '{}'), ('a', 'bc', '{}'), ('a", "b', 'c', '{}'), ('a', 'b", "c', '{}'), (null, null, '{""}'), (null, null, '{"",""}'),
  (null, null, '{null}'), (null, null, '{"null"}'), (null, null, '{"A,B"}'), (null, null, '{A,B}'), (null, null, '{"A\", \"B"}');
select test.audit_row(1);

create function pg_temp.hash_of(form forms) returns bytea language plpgsql as $$
begin
  update bo.admin_audit_logs
  set request_query = form.request_query, access_reason = form.access_reason, actor_roles = form.actor_roles;
  return (select bo.audit_row_hash(log) from bo.admin_audit_logs as log);
end;
$$;
select is(count(distinct pg_temp.hash_of(forms)), count(*), 'null, empty, and where a field ends') from forms;
select is(count(*), 17::bigint, 'of all these') from forms;

select * from finish();
rollback;
