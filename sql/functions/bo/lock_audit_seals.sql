-- One number for all that add to the chain. To be called before the last block is looked for: the snapshot must be younger.
create or replace function bo.lock_audit_seals(p_waits boolean default false)
returns boolean
language plpgsql
volatile
security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
  c_job_lock constant integer := 4041004; -- advisory lock of whoever adds to the chain
begin
  if p_waits then
    perform pg_advisory_xact_lock(c_job_lock);
    return true;
  end if;
  return pg_try_advisory_xact_lock(c_job_lock);
end;
$$;

comment on function bo.lock_audit_seals(boolean) is
'Whether the caller may add to the chain of seals until its transaction ends; p_waits: until it may, or lock_timeout is over';
