-- Verify tx_lookup:lookup_types on pg
begin;

select null::bo_api.lookup_request, null::bo_api.lookup_answer;

rollback;
