-- Stored rows in the shape of events, so that the two can be compared.
-- The bodies are bound to their types when they are created, so that they need no search_path and can be inlined.
create or replace function bo.as_event(p_entry bo.ledger_entries)
returns bo.ledger_event
language sql
immutable
security invoker
return row(
  (p_entry).tx_id, (p_entry).wallet_id, (p_entry).entry_type, (p_entry).amount, (p_entry).amount_signed,
  (p_entry).related_id, (p_entry).related_type, (p_entry).event_time, (p_entry).created_at,
  (p_entry).updated_at, (p_entry).source_version, (p_entry).record_timestamp
)::bo.ledger_event;

comment on function bo.as_event(bo.ledger_entries) is 'The event that made this ledger row';

create or replace function bo.as_event(p_order bo.payment_orders)
returns bo.payment_order_event
language sql
immutable
security invoker
return row(
  (p_order).order_id, (p_order).user_id, (p_order).merchant_name, (p_order).amount, (p_order).status,
  (p_order).created_at, (p_order).updated_at, (p_order).source_version, (p_order).record_timestamp
)::bo.payment_order_event;

comment on function bo.as_event(bo.payment_orders) is 'The event that made this order row';
