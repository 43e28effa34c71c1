-- Stable: chain and rows are seen at one moment, also while others write and seal.
create or replace function bo.verify_audit_log(p_checkpoints text default null, p_max_findings integer default 1000)
returns setof bo.audit_finding
language plpgsql
stable
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_told constant jsonb := coalesce(p_checkpoints::jsonb, '[]');
  v_checkpoints constant jsonb := case jsonb_typeof(v_told) when 'array' then v_told else jsonb_build_array(v_told) end;
begin
  if exists (
    select from jsonb_array_elements(v_checkpoints) as checkpoint (item)
    where not coalesce(
      jsonb_typeof(checkpoint.item -> 'seal_number') = 'number'
      and (checkpoint.item ->> 'hash' ~ '^[0-9a-f]{64}$' or checkpoint.item ->> 'seal_number' = '0'),
      false
    )
  ) then
    raise invalid_parameter_value using message = 'a checkpoint has a seal_number and a hash';
  end if;

  return query
  select finding.*
  from (
    select * from bo.audit_chain_findings(v_checkpoints)
    union all
    select * from bo.audit_row_findings()
  ) as finding
  order by finding.seal_number nulls last, finding.audit_id nulls first
  limit p_max_findings;
end;
$$;

comment on function bo.verify_audit_log(text, integer) is
'What was changed, removed or slipped in since it was sealed; with lines of bo.audit_checkpoint() from before, one or a JSON array, also '
'whether the chain itself was cut off or rewritten. No rows: nothing';
