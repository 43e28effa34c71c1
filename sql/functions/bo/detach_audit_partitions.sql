-- A month that was detached can't be verified here any more, so it is verified before; nobody can change its rows since. All of them are,
-- before the first lock, which lasts until the commit: meanwhile lookups go on. The other months are not locked, or whoever vacuums one
-- of them would be in the way. The chain says that it was detached: the seals stay, its rows are no longer due. Rows that come for such a
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
  v_ended record;
  v_seal bo.audit_seals;
begin
  if p_months_to_keep < 1 then
    raise invalid_parameter_value using message = 'at least one month is kept';
  end if;

  for v_ended in
    select unnested.*
    from (
      select
        array_agg(ended.partition order by ended.month) as partitions,
        array_agg(ended.month order by ended.month) as months,
        array_agg(
          (select min(finding.kind || ' ' || finding.audit_id) from bo.audit_row_findings(ended.month) as finding) order by ended.month
        ) as findings
      from bo.audit_partitions() as ended
      where ended.month < date_trunc('month', bo.clock() at time zone 'UTC') - p_months_to_keep * interval '1 month'
    ) as verified
    cross join lateral unnest(verified.partitions, verified.months, verified.findings) as unnested (partition, month, finding)
  loop
    partition := v_ended.partition;
    detail := v_ended.finding;
    if detail is null then
      execute format('lock table only bo.admin_audit_logs, %s in access exclusive mode', partition);
      if not bo.lock_audit_seals() then
        raise lock_not_available using message = 'another session seals the audit log';
      end if;
      detail := 'not sealed from ' || bo.utc_text(bo.oldest_unsealed(v_ended.month)) || ' on';
    end if;
    is_detached := detail is null;
    if is_detached then
      v_seal.kind := 'DETACH';
      v_seal.month := v_ended.month;
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
