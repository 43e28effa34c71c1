-- Dump and restore, or logical replication, bring rows into a cluster that counts its transactions anew, so their order by xid
-- would no longer be that of time. Whatever was written before, by audit_id, is sealed as it is: those transactions ended
-- elsewhere. The lock waits for writers of this cluster. The sequence may not have come along, so it is set behind all rows: what is
-- written from now on must not look as if it had. For superusers: it is part of restoring.
create or replace function bo.begin_audit_epoch(p_reason text, p_last_audit_id bigint default null)
returns bigint
language plpgsql
volatile
security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
  c_max_rows constant integer := 10000; -- rows in a block
  c_audit_ids constant regclass := pg_get_serial_sequence('bo.admin_audit_logs', 'audit_id')::regclass;
  v_newest_audit_id bigint;
  v_sealed_audit_id bigint;
  v_month date;
  v_seal bo.audit_seals;
begin
  lock table bo.admin_audit_logs in share mode;
  if not bo.lock_audit_seals() then
    raise lock_not_available using message = 'another session seals the audit log';
  end if;

  select max(sealed.audit_id) into v_sealed_audit_id
  from bo.audit_seals as seal
  cross join lateral unnest(seal.audit_ids) as sealed (audit_id)
  where seal.seal_number > coalesce((select max(epoch.seal_number) from bo.audit_seals as epoch where epoch.kind = 'EPOCH'), 0);
  if p_last_audit_id < v_sealed_audit_id then
    raise invalid_parameter_value using
      message = format('rows up to audit_id %s are sealed already, so they can''t be of the epoch to come', v_sealed_audit_id);
  end if;

  select greatest(max(log.audit_id), nextval(c_audit_ids)) into v_newest_audit_id from bo.admin_audit_logs as log;
  perform setval(c_audit_ids, v_newest_audit_id);
  v_seal.last_audit_id := coalesce(p_last_audit_id, v_newest_audit_id);
  for v_month in select bo.audit_months() loop
    while (bo.seal_audit_rows(v_month, '18446744073709551615', c_max_rows, v_seal.last_audit_id)).seal_number is not null loop
    end loop;
  end loop;

  v_seal.kind := 'EPOCH';
  v_seal.audit_ids := '{}';
  v_seal.row_hashes := '{}';
  v_seal.reason := p_reason;
  return (bo.append_audit_seal(v_seal)).seal_number;
end;
$$;

comment on function bo.begin_audit_epoch(text, bigint) is
'After a restore into another cluster: seals the rows that came along, by default all, and begins to count xids anew; returns the block';
