create or replace function bo.masked_text(p_bytes bytea)
returns text
language sql
immutable
security invoker
set search_path = pg_catalog, pg_temp
as $$
  select format(case when text.shown like '\\x%' then 'bytes(%s)' else 'text(%s)' end, length(p_bytes))
  from (select bo.bytes_as_text(p_bytes)) as text (shown)
  where p_bytes is not null;
$$;

comment on function bo.masked_text(bytea) is 'In place of a value: whether it is UTF-8 text, and how many bytes it has';
