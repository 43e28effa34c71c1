-- A month that was detached can't be verified here any more, so it is verified before, while lookups go on; nobody can change
-- its rows since. The chain says that it was detached: the seals stay, its rows are no longer due. Rows that come for such a
-- month later are sealed as any other.
create or replace function bo.detach_audit_partitions(p_months_to_keep integer default 13)
returns table (partition regclass, is_detached boolean, detail text)
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
set lock_timeout = '100ms' -- whoever writes to the log queues behind this job
as $$
declare
  v_month date;
  v_seal bo.audit_seals;
begin
  if p_months_to_keep < 1 then
    raise invalid_parameter_value using message = 'at least one month is kept';
  end if;

  for partition, v_month, detail in
    select ended.partition, ended.month, (select min(finding.kind || ' ' || finding.audit_id) from bo.audit_row_findings(ended.month) as finding)
    from bo.audit_partitions() as ended
    where ended.month < date_trunc('month', bo.clock() at time zone 'UTC') - p_months_to_keep * interval '1 month'
  loop
    if detail is null then
      lock table bo.admin_audit_logs in access exclusive mode;
      if not bo.try_lock_audit_seals() then
        raise lock_not_available using message = 'another session seals the audit log';
      end if;
      detail := 'not sealed from ' || bo.utc_text(bo.oldest_unsealed(v_month)) || ' on';
    end if;
    is_detached := detail is null;
    if is_detached then
      v_seal.kind := 'DETACH';
      v_seal.month := v_month;
      v_seal.audit_ids := '{}';
      v_seal.row_hashes := '{}';
      perform bo.append_audit_seal(v_seal);
      execute format('alter table bo.admin_audit_logs detach partition %s', partition);
    end if;
    return next;
  end loop;
end;
$$;

comment on function bo.detach_audit_partitions(integer) is
'Detaches the partitions of months that are over, save so many, if every row is sealed and as it was sealed, else says why not; to '
'archive and drop them is the DBA''s';
