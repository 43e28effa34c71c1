create or replace function bo.bytes_as_text(p_bytes bytea)
returns text
language plpgsql
immutable
security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
  return convert_from(p_bytes, 'UTF8');
exception
  when character_not_in_repertoire or untranslatable_character then
    return p_bytes::text;
end;
$$;

comment on function bo.bytes_as_text(bytea) is 'UTF-8 bytes as text; what is not UTF-8, or has a NUL, as \x and hexadecimal digits';
