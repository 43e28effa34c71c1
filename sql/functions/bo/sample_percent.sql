-- Whole pages are sampled, so that the cost is bounded whatever the size of the table. A page has some 30 rows; each is drawn by
-- itself, so that of a few expected pages there may be none: hence 8 more.
create or replace function bo.sample_percent(p_table regclass, p_rows integer)
returns real
language sql
stable
security invoker
return least(
  100,
  100.0 * (p_rows / 16 + 8) * pg_catalog.current_setting('block_size')::bigint
  / greatest(pg_catalog.pg_relation_size(p_table), 1)
);

comment on function bo.sample_percent(regclass, integer)
is 'The share of a table''s pages that most likely have so many rows and more, for TABLESAMPLE SYSTEM';
