-- Who tampers may have taken NOT NULL off any column, so nothing is compared by = and <>.
create or replace function bo.audit_chain_findings(p_checkpoints jsonb)
returns setof bo.audit_finding
language sql
stable
security invoker
set search_path = pg_catalog, pg_temp
as $$
  with chain as (
    select
      seal.seal_number, seal.month, seal.hash, seal.previous_hash, bo.audit_seal_hash(seal) as computed_hash,
      lag(seal.seal_number, 1, 0::bigint) over by_number as previous_number,
      lag(seal.hash, 1, decode(repeat('00', 32), 'hex')) over by_number as hash_before
    from bo.audit_seals as seal
    window by_number as (order by seal.seal_number)
  ),

  checkpoints as (
    select (checkpoint.item ->> 'seal_number')::bigint as seal_number, decode(checkpoint.item ->> 'hash', 'hex') as hash
    from jsonb_array_elements(p_checkpoints) as checkpoint (item)
  )

  select 'SEAL_CHANGED', null::text, chain.seal_number, null::bigint, 'the block does not have the hash that it tells'
  from chain
  where chain.hash is distinct from chain.computed_hash
  union all
  select 'SEAL_MISSING', null, chain.previous_number + 1, null, format('no blocks from here up to %s', chain.seal_number - 1)
  from chain
  where chain.seal_number is distinct from chain.previous_number + 1
  union all
  select 'CHAIN_BROKEN', null, chain.seal_number, null, 'previous_hash is not the hash of the block before'
  from chain
  where chain.seal_number = chain.previous_number + 1 and chain.previous_hash is distinct from chain.hash_before
  union all
  select
    'CHECKPOINT_MISSED', null, checkpoint.seal_number, null,
    case when chain.hash is null then 'the chain was cut off: it ends before the checkpoint'
      else 'the chain was rewritten: at or before this block it is another than the checkpoint tells' end
  from checkpoints as checkpoint
  left join chain on chain.seal_number = checkpoint.seal_number
  where checkpoint.seal_number > 0 and chain.hash is distinct from checkpoint.hash
  union all
  -- The rows of such a month are due no longer: who can forge a block could have wiped them.
  select
    'MONTH_DETACHED', 'bo.admin_audit_logs_' || to_char(seal.month, 'YYYY_MM'), seal.seal_number, null,
    'since the last checkpoint: its rows are in its archive, or were wiped'
  from bo.audit_seals as seal
  where seal.kind = 'DETACH' and seal.seal_number > (select max(checkpoint.seal_number) from checkpoints as checkpoint);
$$;

comment on function bo.audit_chain_findings(jsonb) is
'Blocks that do not fit together, or not with one of the checkpoints, an array; and what an auditor has to look at since the last of them';
