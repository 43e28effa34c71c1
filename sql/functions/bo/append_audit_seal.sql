create or replace function bo.append_audit_seal(p_seal bo.audit_seals)
returns bo.audit_seals
language plpgsql
volatile
security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
  v_last bo.audit_seals;
  v_seal bo.audit_seals := p_seal;
begin
  select * into v_last from bo.audit_seals as seal order by seal.seal_number desc limit 1;
  v_seal.seal_number := coalesce(v_last.seal_number, 0) + 1;
  v_seal.epoch := coalesce(v_last.epoch, 1) + (p_seal.kind = 'EPOCH')::integer;
  v_seal.previous_hash := coalesce(v_last.hash, decode(repeat('00', 32), 'hex'));
  v_seal.row_count := cardinality(p_seal.audit_ids);
  v_seal.sealed_at := bo.clock();
  v_seal.hash := bo.audit_seal_hash(v_seal);
  insert into bo.audit_seals select v_seal.*;
  return v_seal;
end;
$$;

comment on function bo.append_audit_seal(bo.audit_seals) is
'Adds a block to the chain, which the caller has locked; number, epoch, count, time and hashes are given here';
