-- Revert tx_lookup:closed_letters_index from pg
begin;
set local role bo_owner;
set local lock_timeout = '5s';

drop index bo.closed_letters_by_time;

commit;
