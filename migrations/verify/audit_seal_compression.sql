-- Verify tx_lookup:audit_seal_compression on pg
begin;

select 1 / (count(*) = 2)::integer
  from pg_catalog.pg_attribute as col
  where col.attrelid = 'bo.audit_seals'::regclass and col.attname in ('audit_ids', 'row_hashes') and col.attcompression = 'l';

rollback;
