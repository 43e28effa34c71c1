create function test.call_as(role_name text, statement text)
returns void
language plpgsql
as $$
begin
  perform set_config('role', role_name, true);
  execute statement;
  perform set_config('role', 'none', true);
end;
$$;

-- A call that none of these roles may make. The message is asked for too: a right that is missing elsewhere is no proof.
create function test.may_not(role_name text, function_name text, statement text)
returns text
language sql
as $$
  select throws_ok(
    format('select test.call_as(%L, %L)', role_name, statement), '42501', 'permission denied for function ' || function_name,
    role_name || ' may not call ' || function_name
  );
$$;
