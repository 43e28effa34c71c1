-- Eligibility for pairing, in its only place (contract.md section 3).
-- The body is bound to its operators when it is created, so that it needs no search_path and can be inlined.
create or replace function bo.pairing_order_id(p_entry_type text, p_related_id text, p_related_type text)
returns text
language sql
immutable
security invoker
return case
  when p_entry_type in ('PAYMENT', 'RECEIVE') and (p_related_type is null or p_related_type = 'PAYMENT_ORDER')
    then p_related_id
end;

comment on function bo.pairing_order_id(text, text, text)
is 'The order that a ledger entry is paired in; null when it takes no part in pairing';
