-- The horizon is taken before any row is read: what it says has ended, every later snapshot sees.
create or replace function bo.seal_audit_log(
    p_max_rows integer default 10000, p_waits boolean default false, out sealed_rows integer, out seal_number bigint, out hash text
)
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_snapshot pg_snapshot;
  v_month date;
  v_seal bo.audit_seals;
begin
  sealed_rows := 0;
  if not bo.lock_audit_seals(p_waits) then
    return;
  end if;
  v_snapshot := pg_current_snapshot();

  for v_month in select bo.audit_months() loop
    if (bo.first_unsealed(v_month)).xid >= pg_snapshot_xmax(v_snapshot) then
      raise object_not_in_prerequisite_state using
        message = 'transaction ids have begun anew since the last seal',
        hint = 'After a restore, bo.begin_audit_epoch(reason, last audit_id of the dump) begins anew: docs/runbooks/audit-log.md';
    end if;
    v_seal := bo.seal_audit_rows(v_month, pg_snapshot_xmin(v_snapshot), p_max_rows);
    if v_seal.seal_number is not null then
      sealed_rows := v_seal.row_count;
      seal_number := v_seal.seal_number;
      hash := encode(v_seal.hash, 'hex');
      return;
    end if;
  end loop;
end;
$$;

comment on function bo.seal_audit_log(integer, boolean) is
'Adds at most one block to the chain, of the oldest month that has rows to seal; 0 sealed_rows: nothing is left, or another session '
'seals, which p_waits waits for';
