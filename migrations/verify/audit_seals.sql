-- Verify tx_lookup:audit_seals on pg
begin;

select seal_number, kind, epoch, month, row_count, first_xid, first_audit_id, last_xid, last_audit_id, audit_ids, row_hashes, reason,
       previous_hash, hash, sealed_at, null::bo.audit_finding
  from bo.audit_seals where false;

rollback;
