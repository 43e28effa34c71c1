-- Verify tx_lookup:backfill_progress on pg
begin;

select
  backfill_id, kind, file_sha256, since, until, file_name, file_bytes, lines_applied, started_at, updated_at, finished_at
from bo.backfill_progress where false;

rollback;
