-- Broken payloads are the rule here: what can't be read as JSON shows its length, never a part of itself.
create or replace function bo.masked_payload(p_payload bytea)
returns json
language plpgsql
immutable
security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
  return (
    select coalesce(json_object_agg(
      -- A name that could be a value is masked like one.
      case when member.key ~ '^[A-Za-z_]{1,40}$' then member.key else bo.masked_text(convert_to(member.key, 'UTF8')) end,
      case json_typeof(member.value)
        when 'string' then bo.masked_text(convert_to(member.value #>> '{}', 'UTF8'))
        else json_typeof(member.value)
      end
    ), '{}')
    from json_each(convert_from(p_payload, 'UTF8')::json) as member
    having p_payload is not null
  );
exception
  when data_exception or program_limit_exceeded then
    return to_json(bo.masked_text(p_payload));
end;
$$;

comment on function bo.masked_payload(bytea)
is 'A payload with its values masked: of an object the names, and the type and length of each value';
