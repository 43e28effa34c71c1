-- Deploy tx_lookup:schemas to pg
begin;
set local lock_timeout = '5s';

create schema bo authorization bo_owner;
comment on schema bo is 'Transaction lookup: tables, and the functions that write them';

create schema bo_api authorization bo_owner;
comment on schema bo_api is 'Transaction lookup: answers, as views and as lookup functions that audit themselves';

commit;
