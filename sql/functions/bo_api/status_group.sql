-- The only place of this table (contract.md section 4).
-- The body is bound to its functions when it is created, so that it needs no search_path and can be inlined.
create or replace function bo_api.status_group(p_status text)
returns text
language sql
immutable
security invoker
return case
  when upper(btrim(p_status, E' \t\n\v\f\r')) in ('SETTLED', 'COMPLETED', 'SUCCESS', 'SUCCEEDED', 'PAID') then 'SUCCESS'
  when upper(btrim(p_status, E' \t\n\v\f\r')) in ('FAILED', 'CANCELLED', 'CANCELED', 'REJECTED', 'DECLINED') then 'FAIL'
  when upper(btrim(p_status, E' \t\n\v\f\r')) in ('CREATED', 'PENDING', 'PROCESSING', 'AUTHORIZED') then 'IN_PROGRESS'
  else 'UNKNOWN'
end;

comment on function bo_api.status_group(text) is 'SUCCESS, FAIL, IN_PROGRESS or UNKNOWN for the status of an order';
