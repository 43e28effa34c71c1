-- A spreadsheet runs what begins like a formula, so such text gets an apostrophe before it; numbers are left alone.
create or replace function bo_api.csv_field(p_text text)
returns text
language sql
immutable
security invoker
set search_path = pg_catalog, pg_temp
as $$
  select
    case
      when p_text is null then ''
      when p_text ~ '^-?[0-9]+([.][0-9]+)?$' then p_text
      else '"' || replace(case when p_text ~ E'^[-=+@\t\r]' then chr(39) || p_text else p_text end, '"', '""') || '"'
    end;
$$;

comment on function bo_api.csv_field(text) is 'A value for CSV as of RFC 4180; null is empty, empty text is quoted';
