create or replace function bo_api.encode_cursor(p_scope text, p_at timestamptz, p_id text)
returns text
language sql
immutable
strict
security invoker
set search_path = pg_catalog, pg_temp
as $$
  select translate(
    encode(
      convert_to(
        left(encode(sha256(convert_to(p_scope, 'UTF8')), 'hex'), 16)
        || ':' || (extract(epoch from p_at) * 1000000)::bigint || ':' || p_id, 'UTF8'
      ), 'base64'
    ), E'+/=\n', '-_'
  );
$$;

comment on function bo_api.encode_cursor(text, timestamptz, text) is
'Where a list goes on, as text without meaning to others. p_scope: the list with its filters; a cursor is good for it alone';
