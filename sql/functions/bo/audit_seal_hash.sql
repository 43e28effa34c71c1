-- Canonical form as in bo.audit_row_hash(): all columns but the hash itself; hashes in hexadecimal digits.
create or replace function bo.audit_seal_hash(p_seal bo.audit_seals)
returns bytea
language sql
stable
security invoker
set search_path = pg_catalog, pg_temp
as $$
  select sha256(convert_to(
    jsonb_build_array(
      p_seal.seal_number::text, p_seal.kind, p_seal.epoch::text, to_char(p_seal.month, 'YYYY-MM'), p_seal.row_count::text,
      p_seal.first_xid::text, p_seal.first_audit_id::text, p_seal.last_xid::text, p_seal.last_audit_id::text,
      p_seal.audit_ids::text [],
      array(select encode(hash.value, 'hex') from unnest(p_seal.row_hashes) with ordinality as hash (value, place) order by hash.place),
      p_seal.reason, encode(p_seal.previous_hash, 'hex'), bo.utc_text(p_seal.sealed_at)
    )::text,
    'UTF8'
  ));
$$;

comment on function bo.audit_seal_hash(bo.audit_seals) is 'SHA-256 of the canonical form of a block of the chain';
