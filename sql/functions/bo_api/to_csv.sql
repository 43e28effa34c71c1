create or replace function bo_api.to_csv(p_columns text [], p_items json [])
returns text
language sql
immutable
security invoker
set search_path = pg_catalog, pg_temp
as $$
  select array_to_string(p_columns, ',') || E'\r\n' || coalesce(
    (
      select string_agg(line.text || E'\r\n', '' order by item.place)
      from unnest(p_items) with ordinality as item (json, place)
      cross join lateral (
        select string_agg(bo_api.csv_field(item.json #>> string_to_array(field.path, '.')), ',' order by field.place) as text
        from unnest(p_columns) with ordinality as field (path, place)
      ) as line
    ), ''
  );
$$;

comment on function bo_api.to_csv(text [], json []) is
'Items of a list as CSV, with a first line of names; a name like pairing.reason is a member of a member';
