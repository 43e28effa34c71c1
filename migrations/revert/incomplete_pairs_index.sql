-- Revert tx_lookup:incomplete_pairs_index from pg
begin;
set local role bo_owner;
set local lock_timeout = '5s';

drop index bo.incomplete_pairs_by_time;

commit;
