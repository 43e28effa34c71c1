-- Latest wins (contract.md section 2): a total order that depends on nothing but the two events. Between equal versions the text
-- of the business columns decides; that the text form ends with the version does no harm, it is equal there.
-- Callers pin TimeZone and DateStyle, which the text form depends on.
-- The bodies are bound to their operators when they are created, so that they need no search_path and can be inlined.
create or replace function bo.supersedes(p_event bo.ledger_event, p_other bo.ledger_event)
returns boolean
language sql
stable
security invoker
return row(
  bo.version_of((p_event).source_version, (p_event).updated_at, (p_event).record_timestamp), p_event::text collate "C"
) > row(
  bo.version_of((p_other).source_version, (p_other).updated_at, (p_other).record_timestamp), p_other::text collate "C"
);

comment on function bo.supersedes(bo.ledger_event, bo.ledger_event)
is 'Whether the first event wins over the second, both of one tx_id';

create or replace function bo.supersedes(p_event bo.payment_order_event, p_other bo.payment_order_event)
returns boolean
language sql
stable
security invoker
return row(
  bo.version_of((p_event).source_version, (p_event).updated_at, (p_event).record_timestamp), p_event::text collate "C"
) > row(
  bo.version_of((p_other).source_version, (p_other).updated_at, (p_other).record_timestamp), p_other::text collate "C"
);

comment on function bo.supersedes(bo.payment_order_event, bo.payment_order_event)
is 'Whether the first event wins over the second, both of one order_id';
