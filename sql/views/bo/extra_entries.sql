create view bo.extra_entries as
select
  pair.payment_order_id,
  entry.entry_type,
  entry.tx_id,
  coalesce(entry.tx_id in (pair.payment_tx_id, pair.receive_tx_id), false) as is_in_slot,
  entry.wallet_id,
  entry.amount,
  entry.event_time,
  entry.ingested_at
from bo.payment_ledger_pairs as pair
inner join bo.ledger_entries as entry
  on
    entry.related_id = pair.payment_order_id
    and bo.pairing_order_id(entry.entry_type, entry.related_id, entry.related_type) is not null
where
  pair.has_extra_entries
  and case entry.entry_type when 'PAYMENT' then pair.payment_entry_count else pair.receive_entry_count end > 1;

comment on view bo.extra_entries is 'Entries of slots that more than one entry claims; is_in_slot is the one that the pair shows';
