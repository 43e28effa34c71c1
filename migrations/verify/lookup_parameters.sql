-- Verify tx_lookup:lookup_parameters on pg
begin;

select
  (null::bo_api.lookup_request).access_reason as request,
  (null::bo_api.lookup_answer).next_cursor as answer,
  (null::bo_api.cursor_position).id as cursor_position;

rollback;
