-- Stable: chain and rows are seen at one moment, also while others write and seal.
create or replace function bo.verify_audit_log(p_checkpoint text default null, p_max_findings integer default 1000)
returns setof bo.audit_finding
language plpgsql
stable
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_checkpoint constant jsonb := p_checkpoint::jsonb;
begin
  if not coalesce(
    jsonb_typeof(v_checkpoint -> 'seal_number') = 'number'
    and (v_checkpoint ->> 'hash' ~ '^[0-9a-f]{64}$' or v_checkpoint ->> 'seal_number' = '0'),
    p_checkpoint is null
  ) then
    raise invalid_parameter_value using message = 'a checkpoint has a seal_number and a hash';
  end if;

  return query
  select finding.*
  from (
    select * from bo.audit_chain_findings(v_checkpoint)
    union all
    select * from bo.audit_row_findings()
  ) as finding
  order by finding.seal_number nulls last, finding.audit_id nulls first
  limit p_max_findings;
end;
$$;

comment on function bo.verify_audit_log(text, integer) is
'What was changed, removed or slipped in since it was sealed; with a line of bo.audit_checkpoint() from before, also whether the chain '
'itself was cut off or rewritten. No rows: nothing';
