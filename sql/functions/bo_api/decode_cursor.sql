create or replace function bo_api.decode_cursor(p_scope text, p_cursor text)
returns bo_api.cursor_position
language plpgsql
immutable
strict
security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
  v_text text;
  v_parts text [];
begin
  v_text := convert_from(decode(translate(p_cursor, '-_', '+/') || repeat('=', -length(p_cursor) & 3), 'base64'), 'UTF8');
  v_parts := regexp_match(v_text, '^([0-9a-f]{16}):(-?[0-9]{1,18}):(.+)$');
  if v_parts[1] is distinct from left(encode(sha256(convert_to(p_scope, 'UTF8')), 'hex'), 16) then
    return null;
  end if;
  return row(bo_api.time_at(v_parts[2]::bigint), v_parts[3])::bo_api.cursor_position;
exception
  when data_exception then -- a client may send anything: no base64, no UTF-8, no time
    return null;
end;
$$;

comment on function bo_api.decode_cursor(text, text) is
'The position that bo_api.encode_cursor() was given; null when the text is none of this list with these filters';
