create or replace function bo.pair_count_estimate()
returns bigint
language sql
stable
security definer
set search_path = pg_catalog, pg_temp
return (
  select nullif(class.reltuples, -1)::bigint from pg_catalog.pg_class as class
  where class.oid = 'bo.payment_ledger_pairs'::pg_catalog.regclass
);

comment on function bo.pair_count_estimate() is 'About how many pairs there are, as of the last ANALYZE; null before the first';
